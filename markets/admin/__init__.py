"""The staff's pages for venues, market days, stalls, the shelf and notices."""

from .market_day import MarketDayAdmin, NoticeAdmin, ParticipationAdmin
from .venue import ShelfItemAdmin, StallAdmin, VenueAdmin

__all__ = [
    "MarketDayAdmin",
    "NoticeAdmin",
    "ParticipationAdmin",
    "ShelfItemAdmin",
    "StallAdmin",
    "VenueAdmin",
]
