"""What is new of one product or one region, for feed readers."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from producers.models import Offering, Producer, Product, Region
from producers.returns import YEAR, begun_spans
from producers.season import season_sentence

from .feeds import MAX_ENTRIES, NAME, TAG, EntriesFeed, Entry, new_producers
from .schedule import LIMA
from .topic_calendars import season_text, season_title


class Topic(NamedTuple):
    """What a feed is about, and the moment at which it is read."""

    row: Product | Region
    moment: dt.datetime


class TopicNews(EntriesFeed):
    """News of one row, whose page they belong to."""

    def get_object(self, request, row):
        return Topic(row, request.agenda.moment)

    def title(self, topic):
        return f"{topic.row} · {NAME}"

    def link(self, topic):
        return topic.row.get_absolute_url()

    def feed_guid(self, topic):
        return f"{TAG}{topic.row._meta.model_name}/{topic.row.pk}"


class ProductNews(TopicNews):
    """When a product's season begins, and who brings it for the first time."""

    def subtitle(self, topic):
        message = _("When the season of {product} begins, and who is new to bring it.")
        return message.format(product=topic.row)

    def entries(self, topic):
        """Yield the seasons of the last year, then the new offerings."""
        product = topic.row
        yield from _seasons(product, topic.moment, f"{TAG}season/{product.pk}")
        yield from _new_offerings(topic)


class RegionNews(TopicNews):
    """Who is new from a region, and which of its products come into season."""

    def subtitle(self, topic):
        message = _("New producers of {region}, and what comes into season there.")
        return message.format(region=topic.row)

    def entries(self, topic):
        """Yield the region's new producers, then its seasons of the last year."""
        region, moment = topic
        producers = Producer.objects.listed().filter(region=region)
        yield from new_producers(moment, producers)
        offerings = Offering.objects.listed().filter(producer__region=region)
        products = Product.objects.listed().offered(offerings).with_season(offerings)
        for product in products:
            prefix = f"{TAG}region/{region.pk}/season/{product.pk}"
            yield from _seasons(product, moment, prefix)


def _seasons(product, moment, prefix):
    """Yield a product's beginnings of the last year; it comes with its season."""
    for span in begun_spans(product.season, moment.date()):
        yield Entry(
            f"{prefix}/{span.first_date:%Y-%m}",
            season_title(product),
            season_text(product),
            product.get_absolute_url(),
            dt.datetime.combine(span.first_date, dt.time.min, LIMA),
        )


def _new_offerings(topic):
    """Yield who brings a product since last year, latest first; no examples."""
    product, moment = topic
    versions = Offering.history.filter(id=OuterRef("pk"), is_active=True).order_by()
    begun = versions.values("id").annotate(first=Min("history_date"))
    offerings = (
        Offering.objects.listed()
        .filter(product=product, producer__is_example=False)
        .annotate(begun_at=Subquery(begun.values("first")))
        .filter(begun_at__range=(moment - YEAR, moment))
        .select_related("producer")
        .order_by("-begun_at", "pk")
    )
    for offering in offerings[:MAX_ENTRIES]:
        producer = offering.producer
        message = _("{producer} brings {product}")
        yield Entry(
            f"{TAG}offering/{offering.pk}",
            message.format(producer=producer, product=product),
            season_sentence(offering.season),
            producer.get_absolute_url(),
            # Nobody could read of it before its producer was published.
            max(offering.begun_at, producer.published_at or offering.begun_at),
        )
