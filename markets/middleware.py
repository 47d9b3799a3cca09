from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from .models import MarketDay


def next_market_day(get_response):
    """Set request.next_market_day: the soonest market day not over, or None.

    Read from the database once a request, and only if a page asks for it.
    """

    def middleware(request):
        request.next_market_day = SimpleLazyObject(
            lambda: MarketDay.objects.next_after(timezone.now())
        )
        return get_response(request)

    return middleware
