"""Where and when: venues, hours, market days, stalls, attendance, shelf, notices.

And what producers propose.
"""

from .attendance import Attendance, Participation
from .hours import DayOfWeek, OpeningHours, SpecialHours
from .market_day import MarketDay
from .notice import Notice
from .proposal import Proposal, ProposalLevel
from .update_link import UpdateLink
from .venue import ShelfItem, Stall, Venue, VenueContact

__all__ = [
    "Attendance",
    "DayOfWeek",
    "MarketDay",
    "Notice",
    "OpeningHours",
    "Participation",
    "Proposal",
    "ProposalLevel",
    "ShelfItem",
    "SpecialHours",
    "Stall",
    "UpdateLink",
    "Venue",
    "VenueContact",
]
