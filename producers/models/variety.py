from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from producers import search
from producers.history import versions
from producers.localised import Localised
from producers.search import Names, Stems

NAMES = Names("name")


class VarietyQuerySet(models.QuerySet):
    def called(self, word: str):
        """Return the varieties with word in their name."""
        return self.filter(search.called(word, NAMES))


class Variety(models.Model):
    """A variety of a product: Hass, huayro, arábica típica."""

    product = models.ForeignKey(
        "producers.Product",
        on_delete=models.CASCADE,
        related_name="varieties",
        verbose_name=_("product"),
        help_text=_("What it is a variety of. Type and choose."),
    )
    name = models.CharField(_("name"), max_length=60, help_text=_("Example: Huayro."))
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("How to tell it: “Roja y morada, muy harinosa.”"),
    )
    description_en = models.CharField(
        _("description in English"),
        max_length=200,
        blank=True,
        help_text=_("The same in English: “Red and purple, very floury.”"),
    )

    shown_description = Localised("description")

    history = versions()

    objects = VarietyQuerySet.as_manager()

    class Meta:
        verbose_name = _("variety")
        verbose_name_plural = _("varieties")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "name"],
                name="producers_variety_once_per_product",
                violation_error_message=_("The product has this variety already."),
            )
        ]
        indexes = [
            GinIndex(Stems(NAMES), name="producers_variety_stems"),
            *search.name_indexes(NAMES, "producers_variety"),
        ]

    def __str__(self):
        return self.name
