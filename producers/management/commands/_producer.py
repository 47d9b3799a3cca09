from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from producers.models import Producer


def by_slug(slug: str) -> Producer:
    """Return the producer with a slug; raise CommandError if there is none."""
    producer = Producer.objects.filter(slug=slug).first()
    if producer is None:
        raise CommandError(_("There is no producer «{slug}».").format(slug=slug))
    return producer
