"""Uploaded photos, served to whom they are public."""

from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

from . import photos
from .models import Producer, ProducerPhoto, Product, ProductPhoto


@require_safe
def photo(request, name):
    """Serve a photo or one of its renditions; 404 once it is not public any more.

    Staff see all. Browsers ask again each time, so that a consent that is withdrawn
    holds for copies that they keep, too.
    """
    is_public = _is_public(photos.image_of(name))
    if not is_public and not request.user.has_perm("producers.view_producerphoto"):
        raise Http404
    response = serve(request, f"photos/{name}", document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    return response


def _is_public(image):
    of_producers = ProducerPhoto.objects.listed().filter(
        image=image, producer__in=Producer.objects.listed()
    )
    of_products = ProductPhoto.objects.listed().filter(
        image=image, product__in=Product.objects.listed()
    )
    return of_producers.exists() or of_products.exists()
