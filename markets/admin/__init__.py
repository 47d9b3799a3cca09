"""The staff's pages for venues, hours, market days, stalls, the shelf and notices."""

from .hours import SpecialHoursAdmin
from .market_day import MarketDayAdmin
from .participation import NoticeAdmin, ParticipationAdmin
from .shelf import ShelfItemAdmin
from .venue import StallAdmin, VenueAdmin

__all__ = [
    "MarketDayAdmin",
    "NoticeAdmin",
    "ParticipationAdmin",
    "ShelfItemAdmin",
    "SpecialHoursAdmin",
    "StallAdmin",
    "VenueAdmin",
]
