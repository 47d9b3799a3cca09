from django.urls import reverse

from .facts import Subject, version


def path_of(subject: Subject) -> str:
    """Return the address of a card as it is drawn now."""
    return reverse("card", args=[subject.kind, subject.key, version(subject)])
