from wsgiref.util import setup_testing_defaults

import pytest

from agroferias.wsgi import application

# Most are no encodings of text; the last but two makes a surrogate.
CHARSETS = ["=zlib", '="hex"', "=rot13", "=punycode", "*=utf-8''undefined"]
CHARSETS += ["=unicode_escape", "=x", "="]


def status_of(path, query="", **headers):
    """Ask the application itself: the test client builds requests of its own."""
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    environ |= headers
    setup_testing_defaults(environ)
    found = []
    body = application(environ, lambda status, headers: found.append(status))
    b"".join(body)
    body.close()
    return found


@pytest.mark.django_db(transaction=True)
def test_a_charset_that_nobody_sends_changes_nothing():
    answers = {
        charset: status_of(
            "/productores/", "q=%5Cud800", CONTENT_TYPE=f"text/html; Charset{charset}"
        )
        for charset in CHARSETS
    }

    assert answers == {key: ["200 OK"] for key in CHARSETS}
    assert status_of("/nosotros/") == ["200 OK"]
