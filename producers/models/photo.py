from django.db import models
from django.utils.translation import gettext_lazy as _

from producers.history import versions


class Photo(models.Model):
    """An uploaded photo, upright and without its EXIF data; see producers.photos."""

    image = models.ImageField(
        _("photo"),
        upload_to="photos",
        width_field="width",
        height_field="height",
        help_text=_("JPEG, PNG or WebP, at least 800 pixels wide and at most 20 MB."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # [{"format": "webp", "width": 480, "name": "photos/…"}, …], widths in pixels.
    renditions = models.JSONField(_("sizes"), default=list, editable=False)
    alt_text = models.CharField(
        _("what can be seen"),
        max_length=200,
        help_text=_("For those who cannot see it: Rosa y Julián en su andén."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return self.alt_text


class ProducerPhoto(Photo):
    """A photo of a producer's people, land or work."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name=_("producer"),
    )

    history = versions()


class ProductPhoto(Photo):
    """A photo of a product, shown on its page in place of the drawing."""

    product = models.ForeignKey(
        "producers.Product",
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name=_("product"),
    )

    history = versions()
