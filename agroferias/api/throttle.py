from django.conf import settings
from rest_framework.throttling import AnonRateThrottle


class ReadingThrottle(AnonRateThrottle):
    """So many requests a minute from one address, as the settings say.

    Counted in the memory of each process: with four of them, one address may ask up
    to four times as often.
    """

    def get_rate(self):
        return f"{settings.API_REQUESTS_PER_MINUTE}/min"
