"""Asking for the alerts, confirming the address, and leaving."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from markets.models import Delivery, Subscriber
from markets.sending import send_due
from markets.subscriptions import confirm, leave
from tests.conftest import MONDAY
from tests.factories import make_delivery, make_market_day, make_subscriber
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

PATH, SENT = "/avisos/", "/avisos/enviado/"
ROSA = "rosa@example.com"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
WHOLE = "Escribe la dirección completa, como rosa@ejemplo.com."


@pytest.fixture(autouse=True)
def _counts_nothing_yet(settings):
    cache.clear()
    settings.SITE_URL = "https://feria.example"


def send(client, email=ROSA, path=PATH, **extra):
    return client.post(path, {"email": email}, **extra)


def link_in(message, end=r"/(?=\n)"):
    """Return the path of the first link of a mail that ends so."""
    return re.search(
        rf"https://feria\.example(/\S*?avisos/[^/\s]+{end})", message.body
    )[1]


def read_mail():
    """Send what is due; return it, and forget it."""
    mail.outbox.clear()
    send_due()
    return list(mail.outbox)


def test_an_address_is_asked_confirmed_and_left(client):
    response = send(client)
    assert (response.status_code, response.headers["Location"]) == (302, SENT)
    assert client.get(SENT).status_code == 200
    (message,) = read_mail()
    assert message.to == [ROSA]
    assert message.subject == "Confirma que quieres los avisos de la feria"

    link = link_in(message)
    page = client.get(link)
    assert (page.status_code, ROSA in page.text) == (200, True)
    # A program that looks at links confirms nothing.
    assert Subscriber.objects.confirmed().count() == 0
    response = client.post(link)
    assert (response.status_code, response.headers["Location"]) == (302, link)
    assert "Listo: te avisaremos" in client.get(link).text
    rosa = Subscriber.objects.get()
    assert (rosa.email, rosa.language) == (ROSA, "es")
    assert MONDAY < rosa.confirmed_at < MONDAY + MINUTE

    leave_link = link_in(message, "/baja/")
    assert ROSA in client.get(leave_link).text
    assert Subscriber.objects.count() == 1
    response = client.post(leave_link)
    assert (response.status_code, "borrada" in response.text) == (200, True)
    assert (Subscriber.objects.count(), Delivery.objects.count()) == (0, 0)
    assert client.get(leave_link).status_code == client.get(link).status_code == 404


def test_a_mail_program_ends_it_without_cookies(client):
    client.handler.enforce_csrf_checks = True
    rosa = make_subscriber(email=ROSA)
    make_delivery(subscriber=rosa)
    (message,) = read_mail()

    header = message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == (
        "List-Unsubscribe=One-Click"
    )
    path = header.removeprefix("<https://feria.example").removesuffix(">")
    response = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert response.cookies == {}
    assert not Subscriber.objects.exists()


def test_whoever_is_there_already_sees_the_same(client):
    make_subscriber(email="Rosa@example.com")
    make_subscriber(email="eva@example.com", confirmed_at=None, asked_at=MONDAY)

    answers = {
        (answer.status_code, answer.headers["Location"])
        for answer in (
            send(client, "rosa@example.COM"),
            send(client, "EVA@example.com"),
            send(client, "new@example.com"),
        )
    }

    assert answers == {(302, SENT)}
    assert Subscriber.objects.count() == 3
    subjects = {message.to[0]: message.subject for message in read_mail()}
    asked = "Confirma que quieres los avisos de la feria"
    assert subjects == {
        "Rosa@example.com": "Ya recibes los avisos de la feria",
        "eva@example.com": asked,
        "new@example.com": asked,
    }


def test_the_mail_speaks_the_language_of_the_page(client):
    for path, email in (
        ("/en/avisos/", "en@example.com"),
        ("/qu/avisos/", "qu@example.com"),
    ):
        response = send(client, email, path)
        assert response.headers["Location"] == f"{path}enviado/"

    english, quechua = read_mail()

    assert english.subject == "Confirm that you want the market's alerts"
    link = link_in(english)
    assert link.startswith("/en/avisos/")
    assert "Is this address yours?" in client.get(link).text
    assert quechua.subject == "Confirma que quieres los avisos de la feria"
    assert link_in(quechua).startswith("/avisos/")


def test_a_stranger_does_not_change_the_language_of_who_confirmed(client):
    rosa = make_subscriber(email=ROSA)

    send(client, path="/en/avisos/")

    rosa.refresh_from_db()
    assert rosa.language == "es"


def test_nobody_is_pestered_with_links(client):
    moments = [0, 1, 9, 11, 22, 33, 24 * 60 + 1]
    sent = []
    for minutes in moments:
        with time_machine.travel(MONDAY + minutes * MINUTE):
            cache.clear()
            assert send(client, " Rosa@EXAMPLE.com ").status_code == 302
            sent.append(len(read_mail()))

    assert sent == [1, 0, 0, 1, 1, 0, 1]
    assert Subscriber.objects.get().email == "Rosa@example.com"


def test_a_link_that_waits_is_not_asked_for_twice(client):
    send(client)
    with time_machine.travel(MONDAY + 60 * MINUTE):
        send(client)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Escribe aquí tu correo."),
        ("rosa", WHOLE),
        ("rosa@", WHOLE),
        ("rosa@example.com\nBcc: eva@example.com", WHOLE),
        ("ro\x00sa@example.com", WHOLE),
        ("a" * 250 + "@example.com", WHOLE),
        ('"><b>@example.com', WHOLE),
        ('"a\x0b\x0bBcc:eva"@example.com', WHOLE),
        ("rosa@" + "ñ" * 60 + ".com", WHOLE),
        ("rosa@[127.0.0.1]", WHOLE),
    ],
)
def test_what_is_no_address_is_told_at_the_field(client, email, said):
    response = send(client, email)

    page = Page(response.text)
    (field,) = [one for one in page.all("input") if one["name"] == "email"]
    assert response.status_code == 200
    assert said in response.text
    assert field.get("value", "") == email
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_email_error"
    assert (Subscriber.objects.count(), Delivery.objects.count()) == (0, 0)


def test_one_connection_asks_twenty_times_an_hour(client):
    for number in range(20):
        assert send(client, f"rosa-{number}@example.com").status_code == 302

    refused = send(client)
    other = send(client, REMOTE_ADDR="10.0.0.2")

    assert refused.status_code == 429
    assert f'value="{ROSA}"' in refused.text
    assert "Vuelve a probar en una hora" in refused.text
    assert other.status_code == 302
    with time_machine.travel(MONDAY + 61 * MINUTE):
        assert send(client, "last@example.com").status_code == 302


def test_all_connections_together_have_a_limit(client):
    statuses = [
        send(client, REMOTE_ADDR=f"10.0.{number // 15}.2").status_code
        for number in range(301)
    ]

    assert statuses == [302] * 300 + [429]


def test_a_link_works_for_seven_days(client):
    send(client)
    link = link_in(read_mail()[0])

    with time_machine.travel(MONDAY + 7 * DAY - MINUTE):
        assert client.get(link).status_code == 200
    with time_machine.travel(MONDAY + 7 * DAY + MINUTE):
        late, pressed = client.get(link), client.post(link)
        assert (late.status_code, pressed.status_code) == (410, 410)
        assert "Este enlace venció" in late.text
        assert f'href="{PATH}"' in late.text
        assert not Subscriber.objects.confirmed().exists()
        send_due()
        assert not Subscriber.objects.exists()


def test_whoever_is_confirmed_stays(client):
    make_subscriber(email=ROSA)
    make_subscriber(confirmed_at=None, asked_at=MONDAY - 7 * DAY)
    make_subscriber(confirmed_at=None, asked_at=MONDAY - 6 * DAY)

    send_due()

    assert Subscriber.objects.count() == 2
    link = Subscriber.objects.get(email=ROSA).get_absolute_url()
    assert client.post(link).status_code == 302


def test_who_confirms_hears_of_what_was_changed_before(client):
    make_market_day(status="cancelled", date=MONDAY.date() - DAY)
    make_market_day(status="confirmed")
    days = [
        make_market_day(date=MONDAY.date() + (6 + 7 * weeks) * DAY, status="cancelled")
        for weeks in (1, 2)
    ]
    rosa = make_subscriber(confirmed_at=None, asked_at=MONDAY)

    for _ in range(2):
        client.post(rosa.get_absolute_url())

    queued = Delivery.objects.order_by("due_at").values_list("market_day", "due_at")
    assert list(queued) == [(day.pk, day.held.opens - 6 * DAY) for day in days]


TOKENS = ["nada", "a.b", "x" * 5000, "%00", "a%00.b", "%ff", "..%2f..", "ñ", "'--"]


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("end", ["/", "/baja/"])
def test_other_links_lead_nowhere_and_say_so(client, token, end):
    for response in (
        client.get(f"{PATH}{token}{end}"),
        client.post(f"{PATH}{token}{end}"),
    ):
        assert response.status_code == 404
        if "%2f" not in token:
            assert "Este enlace no lleva a ningún lado" in response.text


def test_the_token_of_another_purpose_or_person_is_none(client):
    rosa = make_subscriber()
    forged = f"{rosa.nonce}.{'A' * 43}"

    assert rosa.get_absolute_url() == f"{PATH}{rosa.token}/"
    assert Subscriber.objects.by_token(rosa.token) == rosa
    assert Subscriber.objects.by_token(forged) is None
    assert Subscriber.objects.by_token(rosa.nonce) is None


def test_pages_of_a_link_are_nobody_elses(client):
    rosa = make_subscriber(confirmed_at=None, asked_at=MONDAY)

    for path in (rosa.get_absolute_url(), rosa.get_leave_url(), f"{PATH}nada/"):
        response = client.get(path)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.cookies == {}
        page = Page(response.text)
        assert [one["rel"] for one in page.all("link") if "hreflang" in one] == []
        assert {"name": "robots", "content": "noindex, nofollow"} in page.all("meta")
    assert rosa.nonce not in client.get("/sitemap.xml").text


def test_no_page_has_a_cookie_and_the_form_needs_none(client):
    client.handler.enforce_csrf_checks = True

    for path in (PATH, "/", SENT, "/ferias/", "/nosotros/", "/buscar/?q=a", "/nada/"):
        assert client.get(path).cookies == {}
    assert send(client).headers["Location"] == SENT
    assert client.cookies == {}
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://otra.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_in_words(client, headers):
    response = client.post(PATH, {"email": ROSA}, headers=headers)

    assert response.status_code == 403
    assert "viene de otro sitio" in response.text
    assert f'value="{ROSA}"' in response.text
    assert not Subscriber.objects.exists()


def test_no_other_method_does_anything(client):
    rosa = make_subscriber()

    for path in (PATH, SENT, rosa.get_absolute_url(), rosa.get_leave_url()):
        assert client.put(path).status_code == 405
        assert client.delete(path).status_code == 405
    assert client.post(SENT).status_code == 405
    assert Subscriber.objects.count() == 1


def test_whoever_has_just_left_cannot_confirm():
    rosa = make_subscriber(email=ROSA, confirmed_at=None, asked_at=MONDAY)
    leave(subscribers=Subscriber.objects.filter(pk=rosa.pk))

    assert confirm(subscriber=rosa, moment=MONDAY) is False
    assert leave(subscribers=Subscriber.objects.filter(pk=rosa.pk)) == 0


def test_the_address_is_in_no_name():
    rosa = make_subscriber(email=ROSA)
    mail_to_rosa = make_delivery(subscriber=rosa)

    assert str(rosa) == f"suscriptor {rosa.pk}"
    assert str(mail_to_rosa) == f"correo {mail_to_rosa.pk}"


@pytest.mark.parametrize("path", ["/", "/ferias/2026-11-29/", "/en/"])
def test_the_pages_lead_there(client, path):
    make_market_day(status="confirmed")

    page = Page(client.get(path).text)

    links = [one["href"] for one in page.all("a")]
    assert links.count(f"/en{PATH}" if path == "/en/" else PATH) == 2
