"""An answer as people read it: JSON with its parts marked and its addresses linked."""

import json
import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from rest_framework.utils.encoders import JSONEncoder

TOKEN = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"(?=:))|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<number>-?\d[\d.eE+-]*)|(?P<word>true|false|null)"
)


def marked_up(data, root: str) -> SafeString:
    """Return data as indented JSON in HTML; addresses below root are links."""
    written = json.dumps(data, cls=JSONEncoder, ensure_ascii=False, indent=2)
    parts, end = [], 0
    for match in TOKEN.finditer(written):
        # What is between the tokens is punctuation of JSON's own.
        parts += [written[end : match.start()], _token(match, root)]
        end = match.end()
    parts.append(written[end:])
    return mark_safe("".join(parts))  # noqa: S308 - each token is escaped


def _token(match, root):
    kind, written = match.lastgroup, match[0]
    if kind == "text":
        text = json.loads(written)
        if text.startswith(root):
            return format_html('"<a href="{}">{}</a>"', text, text)
    return format_html('<span class="json-{}">{}</span>', kind, written)
