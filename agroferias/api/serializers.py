"""Regions, products, producers and offerings as other programs read them.

What is not named here is not given: no people's names, channels, photos or words of
theirs, and no place more exact than the district without a consent to it.
"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from producers.models import (
    Category,
    Certification,
    Offering,
    Producer,
    Product,
    Region,
    Variety,
)
from producers.peru_map import label_points
from producers.season import MONTH_COUNT, Level

SEASON_SCHEMA = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0, "maximum": int(Level.PEAK)},
    "minItems": MONTH_COUNT,
    "maxItems": MONTH_COUNT,
}


class PageAddress(serializers.URLField):
    """The address of a row's page, for people."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"source": "*", "read_only": True})

    def to_representation(self, row):
        return self.context["request"].build_absolute_uri(row.get_absolute_url())


class OwnAddress(serializers.HyperlinkedIdentityField):
    """The address of a row among the data, by its slug."""

    def __init__(self, view_name):
        super().__init__(view_name, lookup_field="slug")


@extend_schema_field(SEASON_SCHEMA)
class SeasonLevels(serializers.ListField):
    """Twelve levels from January: 0 none, 1 a little, 2 yes, 3 at its best."""


class LocationSerializer(serializers.Serializer):
    """A point in degrees; one that is not exact is somewhere in the region."""

    latitude = serializers.FloatField(read_only=True)
    longitude = serializers.FloatField(read_only=True)
    is_exact = serializers.BooleanField(read_only=True)


@extend_schema_field(LocationSerializer(allow_null=True))
class LocationField(serializers.Field):
    """Where place, a function, says that a row is: a point or None.

    parts: what the point consists of, each a column in a table.
    """

    parts = tuple(LocationSerializer().fields)

    def __init__(self, place):
        self.to_representation = place
        super().__init__(source="*", read_only=True)


def exact_location(row):
    """Return where a row is, or None where its coordinates are not known."""
    if row.latitude is None:
        return None
    return _location((row.latitude, row.longitude), is_exact=True)


def region_location(region):
    """Return a point in a region, or None for one that the map does not have."""
    point = label_points().get(region.slug)
    return point and _location(point, is_exact=False)


def agreed_location(producer):
    """Return where a producer is: exactly with a consent, else in the region."""
    place = exact_location(producer) if producer.has_place_consent else None
    return place or region_location(producer.region)


def _location(point, *, is_exact):
    latitude, longitude = map(float, point)
    return {"latitude": latitude, "longitude": longitude, "is_exact": is_exact}


class RegionSerializer(serializers.ModelSerializer):
    """One of the 24 departments or Callao."""

    producer_count = serializers.IntegerField(read_only=True)
    location = LocationField(region_location)
    url = OwnAddress("api:regions-detail")
    page_url = PageAddress()

    class Meta:
        model = Region
        fields = [
            *("slug", "name", "iso_code", "ubigeo", "capital", "natural_regions"),
            *("producer_count", "location", "url", "page_url"),
        ]
        read_only_fields = fields


class CategorySerializer(serializers.ModelSerializer):
    """A shelf of the catalogue."""

    class Meta:
        model = Category
        fields = ["slug", "name", "name_en", "name_qu"]
        read_only_fields = fields


class VarietySerializer(serializers.ModelSerializer):
    """A variety of a product."""

    class Meta:
        model = Variety
        fields = ["name", "description", "description_en"]
        read_only_fields = fields


class ProductSerializer(serializers.ModelSerializer):
    """A kind of good, whoever grows it, with its season."""

    category = CategorySerializer(read_only=True)
    season = SeasonLevels(read_only=True)
    is_season_of_producers = serializers.BooleanField(
        source="has_offerings", read_only=True
    )
    reference_season = SeasonLevels(read_only=True)
    producer_count = serializers.IntegerField(read_only=True)
    main_regions = serializers.SlugRelatedField("slug", many=True, read_only=True)
    varieties = VarietySerializer(many=True, read_only=True)
    url = OwnAddress("api:products-detail")
    page_url = PageAddress()

    class Meta:
        model = Product
        fields = [
            *("slug", "name", "name_en", "name_qu", "other_names", "scientific_name"),
            *("category", "is_native", "season", "is_season_of_producers"),
            *("reference_season", "reference_source", "producer_count"),
            *("main_regions", "varieties", "description", "description_en"),
            *("how_to_choose", "how_to_choose_en", "how_to_keep", "how_to_keep_en"),
            *("how_to_use", "how_to_use_en", "url", "page_url"),
        ]
        read_only_fields = fields


class CertificationSerializer(serializers.ModelSerializer):
    """A seal that is valid today."""

    class Meta:
        model = Certification
        fields = ["scheme", "valid_through"]
        read_only_fields = fields


class ProducerSerializer(serializers.ModelSerializer):
    """Who grows or makes what is sold."""

    region = serializers.SlugRelatedField("slug", read_only=True)
    area_ha = serializers.FloatField(read_only=True, allow_null=True)
    certifications = CertificationSerializer(
        source="valid_certifications", many=True, read_only=True
    )
    location = LocationField(agreed_location)
    url = OwnAddress("api:producers-detail")
    page_url = PageAddress()

    class Meta:
        model = Producer
        fields = [
            *("slug", "name", "is_example", "kind", "region", "province", "district"),
            *("altitude_m", "area_ha", "distance_km", "travel_minutes"),
            *("joined_year", "practices", "certifications", "location"),
            *("url", "page_url"),
        ]
        read_only_fields = fields


class OfferingSerializer(serializers.ModelSerializer):
    """One product of one producer, with its season and a price that was seen."""

    producer = serializers.SlugRelatedField("slug", read_only=True)
    producer_name = serializers.CharField(source="producer.name", read_only=True)
    product = serializers.SlugRelatedField("slug", read_only=True)
    product_name = serializers.CharField(source="product.name", read_only=True)
    varieties = serializers.SlugRelatedField("name", many=True, read_only=True)
    season = SeasonLevels(read_only=True)
    currency = serializers.SerializerMethodField()

    class Meta:
        model = Offering
        fields = [
            *("producer", "producer_name", "product", "product_name", "varieties"),
            *("season", "unit", "price", "currency", "price_date"),
        ]
        read_only_fields = fields

    def get_currency(self, offering) -> str:
        """Return the code of ISO 4217 that all prices are in."""
        return "PEN"
