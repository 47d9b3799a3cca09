"""How much of a producer's page is there, and what is missing."""

from typing import NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from .models import Offering, ProducerPhoto

LABELS = {
    "photo": _("a photo"),
    "story": _("the story"),
    "region": _("the region"),
    "place": _("the place"),
    "altitude": _("the altitude"),
    "offering": _("an offering"),
    "practices": _("the practices"),
    "consent": _("consent to the profile"),
}

# What publishing takes, and the sentence where it is missing.
NEEDED = {
    "name": (_("the name"), _("To publish, give a name.")),
    "region": (_("the region"), _("To publish, give a region.")),
    "consent": (
        _("consent to the profile"),
        _("To publish, note who agreed that the profile be public, and when."),
    ),
    "texts": (_("the text of each photo"), _("To publish, describe each photo.")),
}


class Blocker(NamedTuple):
    """What publishing a producer lacks: a key of NEEDED, its name, what to do."""

    part: str
    label: str
    sentence: str


class Completeness(NamedTuple):
    """A share of the page, 0 to 100, and the names of what is missing."""

    percent: int
    missing: list[str]


def with_parts(producers):
    """Add to a queryset of Producer what completeness() reads, without more queries.

    cover: renditions, focus_x and focus_y of the first photo, None without a photo;
    offering_count: all offerings, paused ones too; has_consent: to the profile, not
    withdrawn; has_undescribed: whether a photo does not say what can be seen.
    """
    photos = ProducerPhoto.objects.filter(producer=OuterRef("pk"))
    shown = {name: name for name in ("renditions", "focus_x", "focus_y")}
    offerings = Offering.objects.filter(producer=OuterRef("pk")).order_by()
    count = offerings.values("producer").annotate(count=Count("pk")).values("count")
    undescribed = ProducerPhoto.objects.undescribed()
    return producers.with_profile_consent().annotate(
        cover=photos.order_by("position", "pk").values(shown=JSONObject(**shown))[:1],
        offering_count=Coalesce(count, Value(0), output_field=IntegerField()),
        has_undescribed=Exists(undescribed.filter(producer=OuterRef("pk"))),
    )


def completeness(producer) -> Completeness:
    """Return how complete a producer of with_parts() is; each part weighs the same."""
    place = producer.locality or producer.district or producer.province
    present = {
        "photo": producer.cover is not None,
        "story": bool(producer.story),
        "region": producer.region_id is not None,
        "place": bool(place),
        "altitude": producer.altitude_m is not None,
        "offering": producer.offering_count > 0,
        "practices": bool(producer.practices),
        "consent": producer.has_consent,
    }
    missing = [str(LABELS[part]) for part, is_there in present.items() if not is_there]
    return Completeness(100 - 100 * len(missing) // len(present), missing)


def needs(producer) -> dict[str, bool]:
    """Return what publishing a producer takes, and whether it is there.

    By the keys of NEEDED. Reads what with_parts() adds. An example is nobody, and
    nobody has to agree; texts are asked for where there are photos.
    """
    found = {"name": bool(producer.name), "region": producer.region_id is not None}
    if not producer.is_example:
        found["consent"] = producer.has_consent
    # One that is being added has none yet.
    if getattr(producer, "cover", None) is not None:
        found["texts"] = not producer.has_undescribed
    return found


def blockers(producer) -> list[Blocker]:
    """Return what keeps a producer from being published; empty if nothing does."""
    return [
        Blocker(part, *map(str, NEEDED[part]))
        for part, is_there in needs(producer).items()
        if not is_there
    ]
