"""Where and when: venues, hours, market days, stalls, attendance, shelf, notices.

And what producers propose, who is told of changes, and the mails to them.
"""

from .attendance import Attendance, Participation
from .delivery import Delivery
from .hours import DayOfWeek, OpeningHours, SpecialHours
from .market_day import MarketDay
from .notice import Notice
from .proposal import Proposal, ProposalLevel
from .subscriber import Subscriber
from .update_link import UpdateLink
from .venue import ShelfItem, Stall, Venue, VenueContact

__all__ = [
    "Attendance",
    "DayOfWeek",
    "Delivery",
    "MarketDay",
    "Notice",
    "OpeningHours",
    "Participation",
    "Proposal",
    "ProposalLevel",
    "ShelfItem",
    "SpecialHours",
    "Stall",
    "Subscriber",
    "UpdateLink",
    "Venue",
    "VenueContact",
]
