from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from producers.history import versions

from .consent import Consent

# Where a crop keeps the photo's point, in percent: the middle, and the far edge.
MIDDLE = 50
EDGE = 100


class PhotoQuerySet(models.QuerySet):
    def listed(self):
        """Return the photos that the public may see, if it may see their owner."""
        return self.exclude(alt_text="")

    def undescribed(self):
        """Return the photos that do not say what can be seen."""
        return self.filter(alt_text="")


class ProducerPhotoQuerySet(PhotoQuerySet):
    def listed(self):
        """Return the photos that the public may see, if it may see their producer.

        No portrait without a consent to it that is not withdrawn; an example is
        nobody's portrait.
        """
        photos = super().listed().with_portrait_consent()
        return photos.filter(Q(shows_people=False) | Q(has_portrait_consent=True))

    def with_portrait_consent(self):
        """Add has_portrait_consent: whether somebody agreed that people be shown."""
        agreed = Consent.objects.agreed(Consent.Scope.PORTRAIT, producer="producer__")
        return self.annotate(has_portrait_consent=agreed)


class Photo(models.Model):
    """An uploaded photo, upright and without its EXIF data; see producers.photos."""

    # store() gives width and height. Django's width_field would have each form open
    # the file, and fail where it is missing.
    image = models.ImageField(
        _("photo"),
        upload_to="photos",
        help_text=_("JPEG, PNG or WebP, at least 800 pixels wide and at most 20 MB."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # [{"format": "webp", "width": 480, "name": "photos/…"}, …], widths in pixels.
    renditions = models.JSONField(_("sizes"), default=list, editable=False)
    alt_text = models.CharField(
        _("what can be seen"),
        max_length=200,
        blank=True,
        help_text=_("For those who cannot see it: Rosa y Julián en su andén."),
    )
    focus_x = models.PositiveSmallIntegerField(
        _("point across"),
        default=MIDDLE,
        validators=[MaxValueValidator(EDGE)],
        help_text=_("Percent from the left: 50 is the middle."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("point from above"),
        default=MIDDLE,
        validators=[MaxValueValidator(EDGE)],
        help_text=_("Percent from above: 50 is the middle."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first: 1, 2, 3.")
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__range=(0, EDGE), focus_y__range=(0, EDGE)),
                name="%(app_label)s_%(class)s_focus_inside",
                violation_error_message=_("The point lies outside of the photo."),
            ),
        ]

    def __str__(self):
        return self.alt_text or str(_("photo without its text"))


class ProducerPhoto(Photo):
    """A photo of a producer's people, land or work."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name=_("producer"),
    )
    shows_people = models.BooleanField(
        _("people can be recognised"),
        default=True,
        help_text=_("Then it is public only with their consent to photos of people."),
    )

    objects = ProducerPhotoQuerySet.as_manager()

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
