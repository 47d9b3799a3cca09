from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from .agenda import Agenda


def agenda(get_response):
    """Set request.agenda, and request.next_market_day: the soonest not over, or None.

    Read from the database once a request, and only if a page asks for it. What
    says nothing else of it may be kept, but is asked for again before it is shown.
    """

    def middleware(request):
        request.agenda = Agenda(timezone.now())
        request.next_market_day = SimpleLazyObject(lambda: request.agenda.next_day)
        response = get_response(request)
        # What was kept would tell of a market that was cancelled since.
        response.setdefault("Cache-Control", "no-cache")
        return response

    return middleware
