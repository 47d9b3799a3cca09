import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from agroferias.quechua import NOTE, STATES, says
from markets.schedule import Phase
from markets.status import short_chip
from tests.agroferias.test_english import Words
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

FOLDER = settings.BASE_DIR / "agroferias" / "locale"


@pytest.fixture
def entries():
    return polib.pofile(str(FOLDER / "qu/LC_MESSAGES/django.po"))


def test_the_catalogue_has_what_waits_for_a_review_and_nothing_else(entries):
    assert {entry.tcomment for entry in entries} == {NOTE}
    assert [entry.msgid for entry in entries if not entry.msgctxt] == STATES
    assert {entry.msgctxt for entry in entries} == {None, "navigation"}
    assert entries.untranslated_entries() == entries.fuzzy_entries() == []


def test_it_says_what_the_spanish_one_says(entries):
    spanish = polib.pofile(str(FOLDER / "es/LC_MESSAGES/django.po"))
    compiled = polib.mofile(str(FOLDER / "qu/LC_MESSAGES/django.mo"))

    known = {(entry.msgctxt, entry.msgid) for entry in spanish}
    assert {(entry.msgctxt, entry.msgid) for entry in entries} <= known
    assert {(e.msgctxt, e.msgid): e.msgstr for e in compiled} == {
        (e.msgctxt, e.msgid): e.msgstr for e in entries
    }


def test_without_quechua_it_is_spanish():
    with override("qu"):
        assert gettext("At its best") == "Ancha allin"
        assert pgettext("navigation", "Search") == "Mask'ay"
        assert gettext("Search") == "Buscar"


@pytest.mark.parametrize(
    "path", ["/", "/productos/", "/productos/palta/", "/ferias/", "/calendario/"]
)
def test_a_page_says_which_of_its_words_are_quechua(client, catalogue, entries, path):
    html = client.get(f"/qu{path}").text

    quechua = {entry.msgstr for entry in entries}
    said = set(Words(html, "qu").words)
    assert set(Words(html, "es-PE").words) & quechua == set()
    assert {"Puquy mita", "Suyukuna", "Mask'ay"} <= said
    assert said - quechua <= {"Agro-Shop", "Runasimi."}


def test_the_state_of_the_next_market_is_quechua_wherever_it_stands(client, catalogue):
    day = catalogue.day
    for status, notice in (
        ("scheduled", ""),
        ("confirmed", ""),
        ("cancelled", "Lluvia"),
    ):
        day.status, day.notice = status, notice
        day.save()
        with override("qu"):
            words = short_chip(day, Phase.AHEAD).words
        assert says_in_quechua(words)
        for path in ("/", "/productos/palta/", day.get_absolute_url(), "/nada/"):
            assert words in Words(client.get(f"/qu{path}").text, "qu").words, path


def says_in_quechua(words):
    with override("qu"):
        return says(words)


def test_the_names_of_products_are_quechua_where_there_is_one(client, catalogue):
    catalogue.palta.name_qu = "Paltay"
    catalogue.palta.save()

    html = client.get("/qu/productos/").text

    assert "Paltay" in Words(html, "qu").words
    assert "Mango" in Words(html, "es-PE").words
    assert "Paltay" in Words(client.get("/qu/productos/palta/").text, "qu").words


def test_its_pages_say_that_they_are_not_complete(client, catalogue):
    note = "falta que los revisen quechuahablantes"

    quechua, english = client.get("/qu/productos/"), client.get("/en/productos/")

    assert note in quechua.text
    assert '<meta name="robots" content="noindex">' in quechua.text
    assert "speakers" not in english.text
    assert "noindex" not in english.text
    links = Page(quechua.text).all("link")
    codes = [one["hreflang"] for one in links if "hreflang" in one]
    assert codes == ["es", "en", "x-default"]
