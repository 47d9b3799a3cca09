from django import template
from django.core.files.storage import default_storage

from producers import photos

register = template.Library()

FALLBACK_WIDTH = 960


@register.inclusion_tag("producers/_picture.html")
def picture(photo, *, sizes="100vw", eager=False):
    """Show a photo in the width that its place on the page takes.

    sizes: the sizes attribute of img; eager: it is seen before any scrolling.
    """
    return {
        "photo": photo,
        "fallback": _fallback(photo),
        "webp": _srcset(photo, "webp"),
        "jpeg": _srcset(photo, "jpeg"),
        "sizes": sizes,
        "eager": eager,
    }


@register.filter
def focus_classes(photo):
    """Return the classes of css/focus.css that say which point a crop keeps."""
    return photos.focus_classes(photo.focus_x, photo.focus_y)


@register.simple_tag
def thumbnail_url(photo):
    """Return the address of a photo's smallest JPEG."""
    smallest = photos.thumbnail(photo.renditions)
    return default_storage.url(smallest["name"] if smallest else photo.image.name)


def _fallback(photo):
    jpegs = [
        one
        for one in photo.renditions
        if one["format"] == "jpeg" and one["width"] <= FALLBACK_WIDTH
    ]
    largest = max(jpegs, key=lambda one: one["width"], default=None)
    return default_storage.url(largest["name"] if largest else photo.image.name)


def _srcset(photo, name):
    return ", ".join(
        f"{default_storage.url(one['name'])} {one['width']}w"
        for one in photo.renditions
        if one["format"] == name
    )
