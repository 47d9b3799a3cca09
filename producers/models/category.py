from django.db import models
from django.utils.translation import gettext_lazy as _

from producers.history import versions
from producers.localised import Localised


class Tint(models.TextChoices):
    """The inks of the market's posters, each named after what has its colour."""

    LIMON = "limon", _("Lime green")
    LAGO = "lago", _("Lake turquoise")
    ZAPALLO = "zapallo", _("Squash orange")
    AJI = "aji", _("Ají yellow")
    LILA = "lila", _("Lilac")
    AIRAMPO = "airampo", _("Airampo pink")
    ROCOTO = "rocoto", _("Rocoto red")


class Category(models.Model):
    """A shelf of the catalogue; the rows come with a migration."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("How the addresses of the filter name it: frutas."),
    )
    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("The shelf's name: Frutas.")
    )
    name_en = models.CharField(
        _("name in English"), max_length=60, blank=True, help_text=_("Example: Fruit.")
    )
    name_qu = models.CharField(
        _("name in Quechua"), max_length=60, blank=True, help_text=_("Example: Ruru.")
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first: 1, 2, 3.")
    )

    shown_name = Localised("name")

    history = versions()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.shown_name
