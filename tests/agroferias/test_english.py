"""Every page of the sample in English: what is in Spanish on it says so."""

import re
from html.parser import HTMLParser

import polib
import pytest
from django.conf import settings
from django.test.client import ClientHandler, RequestFactory
from django.utils.html import strip_tags

from markets.models import MarketDay, Stall, Venue
from producers.models import Producer, Product, Region
from tests.test_html import VOID

CATALOGUE = settings.BASE_DIR / "agroferias/locale/es/LC_MESSAGES/django.po"
FIELD = re.compile(r"%\([a-z_]+\)s|%[sd]|\{[a-z_]*\}")
# The words that any Spanish sentence has and no English one.
SPANISH = re.compile(
    r"\b(el|los|las|del|una|con|para|por|que|se|más|y|está|según|hay)\b|[¿¡]",
    re.IGNORECASE,
)
# Dishes, newspapers and the title of an article: they have no other name.
NAMES = [
    "seco",
    "arroz con pato",
    "frijoles con seco",
    "La hora de las fresas",
    "archivo.inforegion.pe",
    "Salud con Lupa",
    "El Comercio",
    "El País",
]
HANDLER = ClientHandler()
READ_ALOUD = ("aria-label", "placeholder", "alt", "title")
UNREAD = {"script", "style", "code"}


class Words(HTMLParser):
    """Collects the words of a page that are in one language, and its links."""

    def __init__(self, html, language):
        super().__init__()
        self.language, self.open = language, []
        self.words, self.links = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        above = self.open[-1][1] if self.open else None
        language = attrs.get("lang", above)
        if tag == "a":
            self.links.append(attrs.get("href", ""))
        if language == self.language:
            self.words += [attrs[one] for one in READ_ALOUD if attrs.get(one)]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        """Drawings say nothing."""

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        language = self.open[-1][1] if self.open else None
        is_read = language == self.language and data.strip()
        if is_read and UNREAD.isdisjoint(tag for tag, _language in self.open):
            self.words.append(" ".join(data.split()))


def spanish_phrases():
    """Return what the catalogue says in Spanish and English does not."""
    entries = polib.pofile(str(CATALOGUE)).translated_entries()
    pairs = [
        (f"{one.msgid} {one.msgid_plural}", text)
        for one in entries
        for text in (one.msgstr, *one.msgstr_plural.values())
    ]
    english = " ".join(msgid for msgid, _text in pairs).lower()
    parts = {
        part.strip(" .,:;·()«»").lower()
        for _msgid, text in pairs
        for part in FIELD.split(strip_tags(text))
    }
    return sorted(one for one in parts if len(one) > 5 and one not in english)


def names():
    """Return what is the same in all languages: the names of people and places."""
    found = {
        *NAMES,
        *Stall.objects.values_list("zone", flat=True),
        *Venue.objects.values_list("district", flat=True),
        *Region.objects.values_list("name", flat=True),
        *Region.objects.values_list("capital", flat=True),
        *Venue.objects.values_list("street", flat=True),
        *MarketDay.objects.values_list("moved_to", flat=True),
        *(producer.place for producer in Producer.objects.select_related("region")),
        *Producer.objects.values_list("name", flat=True),
    }
    return sorted(filter(None, found), key=len, reverse=True)


def fetch(path):
    """Return the response of a path; the test client would copy each context, too."""
    return HANDLER(RequestFactory().get(path).environ)


def walk(start):
    """Return the words and the status of every page that links lead to from start."""
    found, statuses, queue = {}, {}, [start]
    while queue:
        path = queue.pop()
        if path in found:
            continue
        response = fetch(path)
        found[path], statuses[path] = Words(response.text, "en"), response.status_code
        for link in found[path].links:
            target = link.partition("#")[0].partition("?")[0]
            if target.startswith(start) and not target.endswith((".ics", ".atom")):
                queue.append(target)
    return found, statuses


@pytest.mark.usefixtures("november")
def test_no_page_has_a_word_of_spanish_that_is_not_said_to_be(whole_market):
    phrases = re.compile("|".join(map(re.escape, spanish_phrases())))
    kept = re.compile("|".join(map(re.escape, names())))

    pages, statuses = walk("/en/")

    for path in ("/en/nada/", "/en/buscar/?q=papa", "/en/productos/?q=zzz&viene=1"):
        pages[path] = Words(fetch(path).text, "en")
    read = {words: path for path, page in pages.items() for words in page.words}
    left = {}
    for words, path in read.items():
        said = kept.sub("", words)
        if phrases.search(said.lower()) or SPANISH.search(said):
            left[words] = path
    assert left == {}
    assert {path: status for path, status in statuses.items() if status != 200} == {}
    assert len(pages) > Product.objects.count() + Producer.objects.count()
