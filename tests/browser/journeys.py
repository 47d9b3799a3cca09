"""What staff do on the desk with a phone, step by step, as the staff's guide tells it.

The tests walk these steps, and `python -m tests.browser.guide_pictures` takes its
pictures on them: guide and screen stay in step. see(page, name, at) is called where
the guide has a picture; at is what must be in it, or None.
"""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import expect

PHONE = 390
SKY, SUN, HILLS = "#8fd3f4", "#ffd60a", ("#7fae3c", "#4f8a2b", "#2f6b22")
MARCH, MAY, JULY = 2, 4, 6
BAD_SHEET = [
    ("dirección", "nombre", "estado", "región", "altitud"),
    ("huerta-nueva", "Huerta Ñusta", "publicado", "Atlántida", "3100"),
    ("otra", "Otra", "visible", "Cusco", ""),
    ("mas-alta", "Más alta", "borrador", "Cusco", "alto"),
]
REASON = "Huaico en la carretera."


def unseen(page, name, at=None):
    """Take no picture."""


def send(press):
    """Press what leads to another page, and wait until all of that is there.

    What is awaited alone may be on the page before, too, or above what is read next.
    """
    with press.page.expect_navigation():
        press.click()


def log_in(page, account, password):
    page.goto("/admin/")
    page.fill("#id_username", account)
    page.fill("#id_password", password)
    send(page.locator("[type=submit]"))
    expect(page.locator("#user-tools")).to_be_visible()


def make_account(page, name, role, password):
    """As somebody who may: make an account, with one role."""
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", name)
    page.fill("#id_first_name", name.title())
    page.get_by_label(role).check()
    page.fill("#id_password1", password)
    page.fill("#id_password2", password)
    send(page.locator("[name=_save]"))
    said(page)


def said(page):
    expect(page.locator(".messagelist .success").first).to_be_visible()


def from_the_front(page, name):
    """Go where a link of the desk's front page leads."""
    page.goto("/admin/")
    send(page.locator("#content").get_by_role("link", name=name, exact=True).first)


# A producer, from nothing to a public page.


def publish_a_producer(page, name, see=unseen):
    see(page, "portada")
    page.goto("/admin/")
    send(page.locator(".model-producer .addlink"))
    page.locator("#id_name").press_sequentially(name)
    page.fill("#id_summary", "Habas y papas de ladera, cosechadas el viernes.")
    send(page.locator(".save-bar__save"))
    said(page)
    see_what_is_missing(page, see)
    agree(page, see)
    offer(page, see)
    add_photo(page, see)
    send(page.locator("[name=status][value=published]"))
    expect(page.locator("#publishing-heading")).to_have_text("Publicado")
    said(page)
    see(page, "productor-publicado")


def see_what_is_missing(page, see=unseen):
    see(page, "productor-falta", ".publishing")
    page.locator(".checks a[href='#id_region']").click()
    choose(page, page.locator(".field-region"), "cusc", "Cusco")


def choose(page, field, typed, found):
    """Look something up in a field that searches while one types."""
    field.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").last.press_sequentially(typed)
    page.locator(".select2-results__option", has_text=found).first.click()


def agree(page, see=unseen):
    page.locator(".checks a[href='#consents-group']").click()
    page.locator("#consents-group .add-row a").click()
    page.fill("#id_consents-0-given_by", "Rosa Quispe")
    page.fill("#id_consents-0-given_date", "01/11/2026")
    page.locator("#id_consents-0-covers input[value=profile]").check()
    see(page, "productor-consentimiento", "#consents-0")


def offer(page, see=unseen):
    """Add what the producer sells, and tap its season: March to July, May the best."""
    page.locator("#offerings-group .add-row a").click()
    row = page.locator("#offerings-0")
    choose(page, row.locator(".field-product"), "haba", "Haba")
    columns = row.get_by_role("slider")
    for month in range(MARCH, JULY + 1):
        tap(columns.nth(month), level=3 if month == MAY else 2)
    see(page, "productor-temporada", "#offerings-0")


def tap(column, level):
    """Tap a month's column at the height of a level."""
    box = column.bounding_box()
    at = {"x": box["width"] / 2, "y": box["height"] * (1 - (level - 0.5) / 3)}
    column.click(position=at)
    expect(column).to_have_attribute("aria-valuenow", str(level))


def add_photo(page, see=unseen):
    page.set_input_files("[name=photos-added]", [photo()])
    send(page.locator(".photos__send"))
    row = page.locator(".photo-row").first
    row.locator("[name$=-alt_text]").fill("Las chacras de Rosa, en la ladera")
    row.locator("[name$=-shows_people]").uncheck()
    see(page, "productor-foto", ".photo-row")


def photo():
    """Return a JPEG of a hillside, as a file to send."""
    image = Image.new("RGB", (1200, 900), SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((850, 80, 1020, 250), fill=SUN)
    for at, colour in enumerate(HILLS):
        low = 420 + at * 150
        ridge = (0, low + 120, 300 + at * 250, low - 120, 1200, low + 60)
        draw.polygon((*ridge, 1200, 900, 0, 900), fill=colour)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


# A Sunday.


def open_day(page, date):
    page.goto(f"/admin/markets/marketday/?q={date:%d/%m/%Y}")
    send(page.locator("#result_list tbody th a"))
    expect(page.locator("#list-heading")).to_be_visible()


def ticks(page):
    return page.locator(".ticks").first.locator(".tick")


def run_a_sunday(page, see=unseen):
    """On the page of a day: two don't come, one has another stall, the rest come."""
    page.locator("label.states__one--confirmed").click()
    see(page, "domingo-estado", ".day")
    for row in ticks(page).all()[:2]:
        row.locator(".segments__one--absent").click()
        row.locator("[name$=-reason]").fill(REASON)
    see(page, "domingo-lista", ".ticks .tick")
    swap(ticks(page).nth(2), ticks(page).nth(3))
    page.click(".jump")
    see(page, "domingo-todos", ".rest")
    send(page.locator("[name=_confirm_rest]"))
    said(page)


def swap(one, other):
    """Give two producers each other's stall."""
    stalls = [row.locator("[name$=-stall]") for row in (one, other)]
    numbers = [stall.input_value() for stall in stalls]
    for stall, number in zip(stalls, reversed(numbers), strict=True):
        stall.fill(number)


def cancel_a_sunday(page, see=unseen):
    page.locator("label.states__one--cancelled").click()
    page.fill("[name=notice]", "La municipalidad necesita la avenida.")
    send(page.locator(".save-bar__save"))
    expect(page.locator("#preview")).to_be_visible()
    page.check("[name=published]")
    see(page, "domingo-cancelar", "#preview")
    send(page.locator(".save-bar__save"))
    said(page)


# What comes from others: a sheet, a producer's answer.


def bring_a_sheet(page, rows):
    """On the page of spreadsheets: see what a .csv of rows would do."""
    text = "\r\n".join(";".join(row) for row in rows)
    file = {"name": "feria.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#id_file", [file])
    send(page.locator(".sheets__button--main"))
    expect(page.locator(".sheets__verdict")).to_be_visible()


def make_link(page, producer):
    """Make a producer's personal link; return its address."""
    page.goto("/admin/markets/updatelink/")
    page.fill("#links-q", producer)
    send(page.locator(".links__search button"))
    send(page.locator(".links__row a").first)
    send(page.locator("[name=renew]"))
    return page.locator(".links__address a").get_attribute("href")


def answer(phone):
    """On the page of a personal link: say that nobody comes, and why."""
    phone.click(".choice--no")
    phone.fill("[name=reason]", REASON)
    send(phone.locator(".update__send button"))
    expect(phone.locator(".sent")).to_contain_text(REASON)


def accept(page, producer, see=unseen):
    from_the_front(page, "Propuestas")
    card = page.locator(".proposal").filter(has_text=producer)
    see(page, "propuesta", ".proposal")
    send(card.locator("[name=accept]"))
    said(page)
