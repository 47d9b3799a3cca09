"""What every answer below /api/ tells other sites, whoever gave it."""

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from . import licence

ROOT = "/api/"
DAY_S = 24 * 60 * 60
ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": str(DAY_S),
}
LICENCE = f'<{licence.ADDRESS}>; rel="license"'


def open_to_all(get_response):
    """Let the pages of any site read what is below /api/, and say its terms."""

    def middleware(request):
        if not request.path_info.startswith(ROOT):
            return get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            response = get_response(request)
        links = filter(None, [response.get("Link"), LICENCE])
        for name, value in (ANYWHERE | {"Link": ", ".join(links)}).items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept"])
        return response

    return middleware
