"""How often the alerts may be asked for: so that nobody is pestered through us."""

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class ByClient(SimpleRateThrottle):
    """From one network address; many people may share one."""

    scope = "subscribe"
    rate = "20/hour"

    def get_cache_key(self, request, view):
        # As the open data count them: see ReadingThrottle.
        return f"subscribe-{self.get_ident(request)}"


class Together(SimpleRateThrottle):
    """From all network addresses."""

    scope = "subscribe"
    rate = "300/hour"

    def get_cache_key(self, request, view):
        return "subscribe"


def is_too_often(request: HttpRequest) -> bool:
    """Count a request; whether it is one too many, as far as this process remembers."""
    limits = (ByClient(), Together())
    return not all(limit.allow_request(request, None) for limit in limits)
