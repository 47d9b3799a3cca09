"""The staff's pages for venues, hours, market days, stalls, the shelf and notices.

And for what producers send from their personal links.
"""

from .hours import SpecialHoursAdmin
from .market_day import MarketDayAdmin
from .offering import ShelvedOfferingAdmin
from .participation import NoticeAdmin, ParticipationAdmin
from .proposal import ProposalAdmin
from .shelf import ShelfItemAdmin
from .update_link import UpdateLinkAdmin
from .venue import StallAdmin, VenueAdmin

__all__ = [
    "MarketDayAdmin",
    "NoticeAdmin",
    "ParticipationAdmin",
    "ProposalAdmin",
    "ShelfItemAdmin",
    "ShelvedOfferingAdmin",
    "SpecialHoursAdmin",
    "StallAdmin",
    "UpdateLinkAdmin",
    "VenueAdmin",
]
