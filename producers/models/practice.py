from django.db import models
from django.utils.translation import gettext_lazy as _


class Practice(models.TextChoices):
    """How somebody works; what the producer says, not a certification."""

    NO_SYNTHETIC_PESTICIDES = "no_synthetic_pesticides", _("No synthetic pesticides")
    COMPOST = "compost", _("Compost and manure")
    TERRACES = "terraces", _("Terraces")
    OWN_SEED = "own_seed", _("Own seed")
    NATIVE_VARIETIES = "native_varieties", _("Native varieties")
    AGROFORESTRY = "agroforestry", _("Under trees")
    PASTURE = "pasture", _("Free pasture")
    ARTISAN_PROCESSING = "artisan_processing", _("Made by hand")
    WATER_HARVESTING = "water_harvesting", _("Water harvesting")
    BEEKEEPING = "beekeeping", _("Beekeeping")
