"""Venues and market days as other programs read them.

No channels, and no reasons why somebody does not come: those are theirs to tell.
"""

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from markets.models import Attendance, MarketDay, OpeningHours, SpecialHours, Venue

from .serializers import LocationField, OwnAddress, PageAddress, exact_location


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
class ClockField(serializers.TimeField):
    """A time of day in Lima: 08:00. JSON Schema's «time» would have an offset."""

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class TimedSerializer(serializers.ModelSerializer):
    """A serializer of rows with opening and closing times."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.TimeField: ClockField
    }


class OpeningHoursSerializer(TimedSerializer):
    """A period of the week, 0 for Monday; what closes no later closes the next day."""

    class Meta:
        model = OpeningHours
        fields = ["day_of_week", "opens", "closes", "valid_from", "valid_through"]
        read_only_fields = fields


class SpecialHoursSerializer(TimedSerializer):
    """Dates, both included, on which a venue is closed or keeps other hours."""

    class Meta:
        model = SpecialHours
        fields = [
            *("first_date", "last_date", "is_closed", "opens", "closes"),
            *("reason", "reason_en"),
        ]
        read_only_fields = fields


class VenueSerializer(serializers.ModelSerializer):
    """A place of sale, with the hours of its week and what differs from them."""

    location = LocationField(exact_location)
    opening_hours = OpeningHoursSerializer(
        source="hours_in_force", many=True, read_only=True
    )
    special_hours = SpecialHoursSerializer(
        source="special_hours_ahead", many=True, read_only=True
    )
    url = OwnAddress("api:venues-detail")

    class Meta:
        model = Venue
        fields = [
            *("slug", "name", "kind", "is_main", "street", "district", "reference"),
            *("location", "by_bus", "by_bus_en", "by_bike", "by_bike_en"),
            *("by_car", "by_car_en", "confirmed_date", "opening_hours"),
            *("special_hours", "url"),
        ]
        read_only_fields = fields


class AttendanceSerializer(serializers.ModelSerializer):
    """One producer at a market day; the stall's number where it holds."""

    producer = serializers.SlugRelatedField("slug", read_only=True)
    stall = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = ["producer", "status", "stall"]
        read_only_fields = fields

    def get_stall(self, attendance) -> int | None:
        """Return the number, which another place or an absence makes void."""
        holds = self.context["day"].has_plan and attendance.is_coming
        return attendance.stall.number if holds and attendance.stall else None


class MarketDaySerializer(TimedSerializer):
    """A venue on a date; nobody is on the list of a day that is cancelled."""

    venue = serializers.SlugRelatedField("slug", read_only=True)
    attendances = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    page_url = PageAddress()

    class Meta:
        model = MarketDay
        fields = [
            *("venue", "date", "opens", "closes", "status", "moved_to", "notice"),
            *("notice_en", "checked_at", "changed_at", "attendances"),
            *("url", "page_url"),
        ]
        read_only_fields = fields

    @extend_schema_field(AttendanceSerializer(many=True))
    def get_attendances(self, day):
        rows = [] if day.is_cancelled else day.shown_attendances
        context = self.context | {"day": day}
        return AttendanceSerializer(rows, many=True, context=context).data

    def get_url(self, day) -> str:
        """Return its address among the data."""
        return reverse(
            "api:market_day",
            args=[day.venue.slug, day.date],
            request=self.context["request"],
        )
