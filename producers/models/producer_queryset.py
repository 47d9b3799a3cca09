import datetime as dt

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When

from producers import search
from producers.alphabet import by_name
from producers.search import Names, Stems

from .certification import Certification
from .consent import Consent
from .former_slug import FormerProducerSlug
from .offering import Offering
from .photo import ProducerPhoto
from .product import Product
from .region import Region
from .variety import Variety

# What a producer is called, where it is, and its story, as the indexes have it.
NAMES = Names("name", "people")
PLACES = Names("province", "district", "locality")
STORY = Stems(Names("summary", "story"))


class ProducerQuerySet(models.QuerySet):
    def listed(self):
        """Return the producers that the public may see."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def listed_or_draft(self):
        """Return the producers that the public may see, and those not public yet."""
        return self.exclude(status=self.model.Status.ARCHIVED)

    def submitted(self):
        """Return the drafts that wait to be published, the longest first."""
        return self.filter(submitted_at__isnull=False).order_by("submitted_at", "pk")

    def once_at(self, slug: str):
        """Return whoever has or had an address; who has it now comes first."""
        former = FormerProducerSlug.objects.filter(slug=slug)
        found = self.filter(Q(slug=slug) | Exists(former.filter(owner=OuterRef("pk"))))
        return found.order_by(Case(When(slug=slug, then=0), default=1), "pk")

    def offering(self, offerings):
        """Return the producers that have one of the given offerings."""
        return self.filter(Exists(offerings.filter(producer=OuterRef("pk"))))

    def with_place_consent(self):
        """Add has_place_consent: whether somebody agreed that the place be shown.

        An example's place is nobody's, and needs no consent.
        """
        agreed = Consent.objects.agreed(Consent.Scope.COORDINATES)
        return self.annotate(has_place_consent=agreed)

    def with_profile_consent(self):
        """Add has_consent: whether a consent to the profile is held, not withdrawn."""
        given = Consent.objects.covering(Consent.Scope.PROFILE)
        return self.annotate(has_consent=Exists(given.filter(producer=OuterRef("pk"))))

    def lacking(self, part: str):
        """Return the producers without "photo", "story", "season" or "consent".

        Season: something on sale. Consent: to the profile; an example needs none.
        Raises KeyError for any other part.
        """
        here = {"producer": OuterRef("pk")}
        there = {
            "photo": Exists(ProducerPhoto.objects.filter(**here)),
            "story": ~Q(story=""),
            "season": Exists(Offering.objects.active().filter(**here)),
            "consent": Consent.objects.agreed(Consent.Scope.PROFILE),
        }
        return self.filter(~there[part])

    def with_seal_to_renew(self, today: dt.date):
        """Return the producers with a certification that to_renew() has."""
        to_renew = Certification.objects.to_renew(today)
        return self.filter(Exists(to_renew.filter(producer=OuterRef("pk"))))

    def nearest_first(self, region):
        """Return the producers of a region first, then those of a like landscape.

        Two regions are alike if they share a natural region. Without a region all
        are as near.
        """
        if region is None:
            return self.order_by(*by_name(), "pk")
        alike = Q(region__natural_regions__overlap=region.natural_regions)
        steps = Case(When(region=region, then=0), When(alike, then=1), default=2)
        return self.order_by(steps, *by_name(), "pk")

    def search(self, text: str):
        """Return the producers where every word of text is found somewhere.

        In the name, the people, the place or the story, or in the name, another
        name or a variety of something they offer.
        """
        found = self
        for word in search.telling_words(text):
            found = found.filter(self._having(word))
        return found

    def _having(self, word):
        own = (search.called(word, NAMES), search.stems_of(word, STORY))
        places = search.like(PLACES, "%{}%", word)
        offered = Offering.objects.listed()
        products = Product.objects.called(word)
        varieties = Variety.objects.called(word)
        regions = Region.objects.filter(search.anywhere(word, ["name"]))
        # Each part has an index, which an OR of their columns could not use.
        condition = Q(region__in=regions)
        for part in (*own, places):
            condition |= Q(pk__in=self.model.objects.filter(part).values("pk"))
        for part in (Q(product__in=products), Q(varieties__in=varieties)):
            condition |= Q(pk__in=offered.filter(part).values("producer"))
        return condition

    def answering(self, text: str, ranks: dict[str, float]):
        """Return the producers that answer a search, with answer_rank, the best lowest.

        ranks: by slug, of those called as was typed. Others follow, found by search().
        """
        found = Q(pk__in=self.model.objects.search(text).values("pk"))
        rank = search.rank_by_slug(ranks)
        return self.filter(Q(slug__in=ranks) | found).annotate(answer_rank=rank)

    def for_cards(self):
        """Return producers by name, with what templates/producers/_card.html reads.

        Three queries for any number of rows.
        """
        offerings = Offering.objects.active().select_related("product")
        return (
            self.select_related("region")
            .prefetch_related(
                Prefetch(
                    "offerings",
                    queryset=offerings.order_by(*by_name("product__name")),
                    to_attr="shown_offerings",
                ),
                Prefetch(
                    "photos",
                    queryset=ProducerPhoto.objects.listed(),
                    to_attr="shown_photos",
                ),
            )
            .order_by(*by_name())
        )
