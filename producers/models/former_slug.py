from django.db import models
from django.utils.translation import gettext_lazy as _

from producers.history import versions


class FormerSlugQuerySet(models.QuerySet):
    def keep(self, owner, slug: str):
        """Note the address that owner had before the one it has now.

        Whoever is at an address has it: owner's present one leads nowhere else any
        more. Called by whatever saves another slug, in the same transaction.
        """
        self.filter(slug=owner.slug).delete()
        if slug and slug != owner.slug:
            self.update_or_create(slug=slug, defaults={"owner": owner})


class FormerSlug(models.Model):
    """An address that a public row had once, and that leads to it for good.

    It names the row, not its next address: however often that changes, the way
    is one step.
    """

    slug = models.SlugField(_("former address"), unique=True)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug


class FormerProducerSlug(FormerSlug):
    """An address that a producer's page had."""

    owner = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="former_slugs",
        verbose_name=_("producer"),
    )

    history = versions()


class FormerProductSlug(FormerSlug):
    """An address that a product's page had."""

    owner = models.ForeignKey(
        "producers.Product",
        on_delete=models.CASCADE,
        related_name="former_slugs",
        verbose_name=_("product"),
    )

    history = versions()
