"""From a phone that wants to be told, to the mail, and out again with one press."""

import os
import re
import urllib.request
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import expect

from tests.agroferias.servers import wait_until

from . import journeys
from .conftest import VIEWPORTS
from .demo import demo_site
from .pages import SUNDAY
from .test_desk import violations

NOTHING = {"light": [], "dark": []}
ROSA = "rosa@example.com"
NAME = "alerts"
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@pytest.fixture(scope="module")
def outbox(tmp_path_factory):
    return tmp_path_factory.mktemp("outbox")


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory, outbox):
    """A site of our own, whose mails are files."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("EMAIL_URL", f"filemail:///{outbox}")
        with demo_site(tmp_path_factory.mktemp("alerts"), NAME) as started:
            yield started


def mails(outbox):
    """Return the mails that went out, oldest first."""
    files = [path.read_bytes() for path in sorted(outbox.iterdir())]
    found = [one for file in files for one in file.split(SEPARATOR) if one.strip()]
    return [message_from_bytes(one, policy=default) for one in found]


def next_mail(outbox, before):
    """Wait for one mail more than before; return it."""
    wait_until(lambda: len(mails(outbox)) > before, seconds=30)
    return mails(outbox)[before]


def let_the_minutes_pass(date):
    """Make due what tells of a day, as if staff had not changed their mind."""
    base = urlsplit(os.environ["DATABASE_URL"])
    address = base._replace(path=f"{base.path}_{NAME}").geturl()
    with psycopg.connect(address) as database:
        database.execute(
            "UPDATE markets_delivery SET due_at = created_at "
            "FROM markets_marketday AS day "
            "WHERE day.id = market_day_id AND day.date = %s",
            [date],
        )


def look_at(page, part=None):
    """Check what is on the screen for everybody, and that it is not too wide.

    part: where axe looks, on Django's own pages.
    """
    for width in (360, 1280):
        page.set_viewport_size(VIEWPORTS[width])
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert (violations(page, part), page.evaluate(wide)) == (NOTHING, False)
    page.set_viewport_size(VIEWPORTS[360])


def is_counted(page, _name, at):
    """Find on the preview how many are told."""
    expect(page.locator(at)).to_contain_text("Se avisará por correo a 1 persona.")


def test_a_phone_is_told_of_a_cancelled_sunday(open_page, site, outbox):
    phone = open_page("/", width=360)
    phone.get_by_role("link", name="Si cambia, avísame por correo").click()
    phone.get_by_label("Tu correo").fill("rosa@example")
    phone.get_by_role("button", name="Avísame").click()
    expect(phone.get_by_role("alert")).to_contain_text("Escribe la dirección completa")
    look_at(phone)
    phone.get_by_label("Tu correo").fill(ROSA)
    phone.get_by_role("button", name="Avísame").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mira tu correo")

    asked = next_mail(outbox, 0)
    assert asked["To"] == ROSA
    link = re.search(r"http\S+/avisos/[^/\s]+/$", asked.get_content(), re.MULTILINE)[0]
    phone.goto(link)
    look_at(phone)
    phone.get_by_role("button", name="Sí, avísame").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Listo: te avisaremos")
    look_at(phone)

    desk = open_page("/admin/", width=360)
    journeys.log_in(desk, site.account, site.password)
    # Not the first one, which may be over by now.
    sunday = SUNDAY + timedelta(weeks=1)
    journeys.open_day(desk, sunday)
    journeys.cancel_a_sunday(desk, see=is_counted)
    desk.goto("/admin/markets/subscriber/")
    look_at(desk, "#result_list")
    let_the_minutes_pass(sunday)

    alert = next_mail(outbox, 1)
    assert alert["Subject"].startswith("No hay feria el domingo")
    assert "La municipalidad necesita la avenida." in alert.get_content()
    leave = alert["List-Unsubscribe"].strip("<> ")
    phone.goto(leave)
    look_at(phone)
    press = b"List-Unsubscribe=One-Click"
    with urllib.request.urlopen(leave, press) as answer:  # noqa: S310 - our own site
        assert answer.status == 200
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Este enlace no lleva a ningún lado"
    )
    assert len(mails(outbox)) == 2
