"""Where and when: venues, hours, market days, stalls, attendance, shelf, notices."""

from .attendance import Attendance, Participation
from .hours import DayOfWeek, OpeningHours, SpecialHours
from .market_day import MarketDay
from .notice import Notice
from .venue import ShelfItem, Stall, Venue, VenueContact

__all__ = [
    "Attendance",
    "DayOfWeek",
    "MarketDay",
    "Notice",
    "OpeningHours",
    "Participation",
    "ShelfItem",
    "SpecialHours",
    "Stall",
    "Venue",
    "VenueContact",
]
