"""What the catalogue's pages tell search engines, as data blocks."""

from django import template
from django.utils.translation import get_language

from producers import structured

register = template.Library()


@register.simple_tag(takes_context=True)
def breadcrumbs(context, here, *parents):
    """Say where the page is; parents: address and name of each step, in turn."""
    # The attribute is there in partials too, which are included with «only».
    request = getattr(context, "request", None)
    if request is None:
        return ""
    steps = zip(parents[::2], parents[1::2], strict=True)
    data = structured.breadcrumbs(
        str(here), request.path, steps, request.build_absolute_uri
    )
    return structured.script(data)


@register.simple_tag(takes_context=True)
def structured_site(context):
    """Tell of the site and its search."""
    absolute = context["request"].build_absolute_uri
    return structured.script(structured.website(get_language(), absolute))


@register.simple_tag(takes_context=True)
def structured_product(context, product, offerings, image):
    """Tell of a product; image: the path of its picture."""
    request = context["request"]
    data = structured.product(
        product,
        offerings,
        today=request.agenda.moment.date(),
        image=request.build_absolute_uri(image),
        absolute=request.build_absolute_uri,
    )
    return structured.script(data)


@register.simple_tag(takes_context=True)
def structured_producer(context, producer, offerings, image):
    """Tell of a producer who is no example; image: the path of a picture."""
    if producer.is_example:
        return ""
    absolute = context["request"].build_absolute_uri
    data = structured.producer(
        producer, offerings, image=absolute(image), absolute=absolute
    )
    return structured.script(data)
