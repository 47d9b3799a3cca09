"""The staff's pages for venues, hours, market days, stalls, the shelf and notices.

For what producers send from their personal links, and for who gets the alerts.
"""

from .hours import SpecialHoursAdmin
from .market_day import MarketDayAdmin
from .offering import ShelvedOfferingAdmin
from .participation import NoticeAdmin, ParticipationAdmin
from .proposal import ProposalAdmin
from .shelf import ShelfItemAdmin
from .subscriber import SubscriberAdmin
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
    "SubscriberAdmin",
    "UpdateLinkAdmin",
    "VenueAdmin",
]
