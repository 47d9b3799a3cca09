"""The WSGI application, for gunicorn."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agroferias.settings")

CHARSET = re.compile(r";\s*charset\*?\s*=[^;]*", re.IGNORECASE)
answer = get_wsgi_application()


def application(environ, start_response):
    """Answer a request as UTF-8, which all browsers send, whatever it claims to be.

    Django would decode with any codec that Python has: some are no text at all and
    fail before its first middleware, others make what no database can store.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return answer(environ, start_response)
