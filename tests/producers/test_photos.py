import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.forms import modelform_factory
from django.template import Context, Template
from PIL import Image, ImageCms

from producers import photos
from producers.models import ProducerPhoto, ProductPhoto
from tests.factories import make_photo, make_producer, make_product
from tests.producers.pictures import (
    ROTATED_90,
    as_bytes,
    draw,
    exif,
    make_upload,
    upload,
)

RED = (254, 0, 0)
SECRETS = (b"Camera of Rosa", b"GPS", b"Exif", b"a comment", b"ICC_PROFILE", b"iCCP")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def photo(db):
    return ProducerPhoto(producer=make_producer(), alt_text="Rosa in her field")


def is_near(pixel, wanted, tolerance=8):
    return all(
        abs(one - other) <= tolerance for one, other in zip(pixel, wanted, strict=True)
    )


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in found)


def png_of(width, height):
    """Return the beginning of a PNG that says how large it will be."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    end = struct.pack(">I", zlib.crc32(chunk))
    length = struct.pack(">I", len(header))
    return b"\x89PNG\r\n\x1a\n" + length + chunk + end + b"\0\0\1\0IDAT"


def test_store_keeps_an_upright_photo_and_its_renditions(photo, media):
    photos.store(photo, make_upload((1800, 1200)))
    photo.save()

    stem = photo.image.name.removesuffix(".jpg")
    assert (photo.width, photo.height) == (1800, 1200)
    assert photo.renditions == [
        {"format": name, "width": width, "height": height, "name": f"{stem}-{end}"}
        for width, height in ((480, 320), (960, 640), (1600, 1067))
        for name, end in (("webp", f"{width}.webp"), ("jpeg", f"{width}.jpg"))
    ]
    for one in photo.renditions:
        with Image.open(media / one["name"]) as image:
            assert image.size == (one["width"], one["height"])
            assert image.format.lower() == one["format"]


@pytest.mark.parametrize(
    ("width", "widths"),
    [(800, {480}), (960, {480, 960}), (1599, {480, 960}), (1600, {480, 960, 1600})],
)
def test_store_makes_no_rendition_larger_than_the_photo(photo, width, widths):
    photos.store(photo, make_upload((width, 600)))

    assert {one["width"] for one in photo.renditions} == widths


def test_store_turns_the_photo_upright_and_drops_its_exif_and_place(photo, media):
    lying = draw((1600, 1200)).transpose(Image.Transpose.ROTATE_90)
    content = as_bytes(lying, exif=exif(ROTATED_90), comment=b"a comment")
    with Image.open(io.BytesIO(content)) as sent:
        assert dict(sent.getexif().get_ifd(0x8825)) != {}
        assert sent.size == (1200, 1600)

    photos.store(photo, upload(content))

    assert (photo.width, photo.height) == (1600, 1200)
    for path in (media / "photos").iterdir():
        with Image.open(path) as kept:
            assert is_near(kept.getpixel((5, 5)), RED)
            assert dict(kept.getexif()) == {}
            assert kept.info.keys().isdisjoint({"exif", "icc_profile", "comment"})
        assert not [secret for secret in SECRETS if secret in path.read_bytes()]


def test_store_scales_what_is_wider_than_the_widest_page(photo):
    photos.store(photo, make_upload((3200, 1600)))

    assert (photo.width, photo.height) == (2400, 1200)


def test_store_puts_transparent_pictures_on_white(photo, media):
    photos.store(photo, make_upload(mode="RGBA", name="PNG"))

    with Image.open(media / photo.image.name) as image:
        assert is_near(image.getpixel((1100, 800)), (255, 255, 255))
        assert is_near(image.getpixel((5, 5)), RED)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK"])
def test_store_takes_every_kind_of_colour(photo, media, mode):
    name = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    picture = draw().quantize() if mode == "P" else draw().convert(mode)

    photos.store(photo, upload(as_bytes(picture, name), f"rosa.{name}"))

    with Image.open(media / photo.image.name) as image:
        assert image.mode == "RGB"
        assert is_near(image.getpixel((1100, 800)), (128, 128, 128))


def test_store_keeps_the_greys_of_sixteen_bits(photo, media):
    picture = Image.new("I;16", (800, 600), 128 * 256)

    photos.store(photo, upload(as_bytes(picture, "PNG"), "rosa.png"))

    with Image.open(media / photo.image.name) as image:
        assert is_near(image.getpixel((400, 300)), (128, 128, 128))


def test_store_converts_to_srgb(photo, media):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for profile in (srgb, lab.tobytes(), b"no profile"):
        photos.store(photo, make_upload(icc_profile=profile))
        with Image.open(media / photo.image.name) as image:
            assert is_near(image.getpixel((5, 5)), RED)
            assert "icc_profile" not in image.info


def test_store_names_the_same_photo_the_same(photo, media):
    photos.store(photo, make_upload())
    first = photo.image.name

    photos.store(photo, make_upload())

    assert photo.image.name == first
    assert len(files(media)) == 5


class Hurried(FileSystemStorage):
    """Where somebody else stores each photo just after it was asked for."""

    def exists(self, name):
        found = super().exists(name)
        # Names that the storage makes up have one more part.
        if not found and "_" not in name:
            path = Path(self.path(name))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"theirs")
        return found


def test_store_at_the_same_time_as_somebody_else_names_the_same(photo, media, settings):
    here = f"{Hurried.__module__}.{Hurried.__qualname__}"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": here}}

    photos.store(photo, make_upload())

    assert files(media) == sorted(Path(name).name for name in photos.names(photo))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIF89a" + b"\0" * 40, photos.WRONG_FORMAT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", photos.WRONG_FORMAT),
        (b"", photos.WRONG_FORMAT),
        (as_bytes(draw((900, 900)), "GIF"), photos.WRONG_FORMAT),
        (as_bytes(draw((900, 900)), "TIFF"), photos.WRONG_FORMAT),
        (as_bytes(draw())[:-2000], photos.DAMAGED),
        (as_bytes(draw(), "PNG")[:-400], photos.DAMAGED),
        (as_bytes(draw(), "WEBP")[:-60], photos.DAMAGED),
        (as_bytes(draw((799, 900))), photos.TOO_NARROW.format(width=799)),
        (as_bytes(draw((800, 3201))), photos.TOO_TALL),
        (png_of(8000, 5001), photos.TOO_MANY_PIXELS),
        (png_of(10_000, 10_000), photos.TOO_MANY_PIXELS),
        (png_of(60_000, 60_000), photos.TOO_MANY_PIXELS),
        (png_of(1200, 900), photos.DAMAGED),
        (b"\xff\xd8\xff\xe0", photos.DAMAGED),
        (b"\0" * (20 * 1024 * 1024 + 1), photos.TOO_HEAVY),
    ],
    ids=[
        "gif head",
        "svg",
        "empty",
        "gif",
        "tiff",
        "jpeg cut",
        "png cut",
        "webp cut",
        "narrow",
        "tall",
        "pixels",
        "bomb warning",
        "bomb",
        "png head",
        "jpeg head",
        "bytes",
    ],
)
def test_prepare_refuses_with_a_sentence(content, message):
    with pytest.raises(ValidationError) as refusal:
        photos.prepare(upload(content))

    assert refusal.value.messages == [str(message)]


def test_prepare_measures_the_width_upright():
    lying = upload(as_bytes(draw((1000, 700)), exif=exif(ROTATED_90)))

    with pytest.raises(ValidationError) as refusal:
        photos.prepare(lying)

    assert refusal.value.messages == [photos.TOO_NARROW.format(width=700)]


# Pillow warns of EXIF data that it cannot read, and goes on.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", photos.FORMATS)
def test_prepare_survives_whatever_is_sent(name):
    chance = random.Random(name)  # noqa: S311 - no secret
    whole = as_bytes(draw((820, 400)), name, exif=exif(ROTATED_90))
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(min(len(content), 800))] = chance.randrange(256)
        try:
            image = photos.prepare(upload(bytes(content)))
        except ValidationError:
            continue
        assert image.mode == "RGB"


@pytest.mark.parametrize("model", photos.PHOTO_MODELS)
def test_form_stores_what_it_accepts(db, model):
    owner = {"producer": make_producer()}
    if model is ProductPhoto:
        owner = {"product": make_product()}
    data = {"alt_text": "Rosa in her field", "position": "0"}
    form_class = modelform_factory(model, form=photos.PhotoForm)

    form = form_class(data, {"image": make_upload()}, instance=model(**owner))
    assert form.is_valid()
    saved = form.save()

    kept = model.objects.get(pk=saved.pk)
    assert kept.image.name.startswith("photos/")
    assert (kept.width, kept.height) == (1200, 900)
    assert len(kept.renditions) == 4


def test_form_leaves_a_photo_that_is_not_replaced(photo):
    photos.store(photo, make_upload())
    photo.save()
    name = photo.image.name
    data = {"alt_text": "Rosa and Julián", "position": "1"}

    form_class = modelform_factory(ProducerPhoto, form=photos.PhotoForm)
    form = form_class(data, instance=photo)
    assert form.is_valid()
    form.save()

    kept = ProducerPhoto.objects.get()
    assert (kept.image.name, kept.alt_text) == (name, "Rosa and Julián")


def test_form_says_what_is_wrong_at_the_field(photo):
    data = {"alt_text": "Rosa in her field", "position": "0"}
    form_class = modelform_factory(ProducerPhoto, form=photos.PhotoForm)

    form = form_class(data, {"image": upload(b"text")}, instance=photo)
    without = form_class(data, instance=photo)

    assert form.errors == {"image": [str(photos.WRONG_FORMAT)]}
    assert list(without.errors) == ["image"]


def test_form_offers_the_formats_that_it_takes(photo):
    form = modelform_factory(ProducerPhoto, form=photos.PhotoForm)(instance=photo)

    accepted = form.fields["image"].widget.attrs["accept"]
    assert accepted == "image/jpeg,image/png,image/webp"


def test_files_stay_for_an_earlier_version(photo, media):
    photos.store(photo, make_upload())
    photo.save()
    former = photos.names(photo)
    photos.store(photo, make_upload((1000, 800)))
    photo.save()
    photo.producer.delete()

    photos.remove(former)

    assert len(files(media)) == 10
    assert photos.names(ProducerPhoto.history.earliest()) == former


def test_files_that_nothing_knows_any_more_are_removed(photo, media):
    photos.store(photo, make_upload())
    photo.save()
    names = photos.names(photo)
    photo.delete()
    ProducerPhoto.history.all().delete()

    photos.remove(names)

    assert files(media) == []


def test_files_that_another_row_shows_stay(photo, media):
    photos.store(photo, make_upload())
    other = ProductPhoto(product=make_product(), alt_text="The same")
    photos.store(other, make_upload())
    other.save()

    photos.remove(photos.names(photo))

    assert len(files(media)) == 5


def test_files_outside_the_folder_of_photos_stay(db, media):
    (media / "letter.jpg").write_bytes(b"a letter")

    photos.remove(["letter.jpg"])

    assert files(media) == ["letter.jpg"]


def show(photo, arguments=""):
    source = f"{{% load photo_tags %}}{{% picture photo {arguments} %}}"
    return Template(source).render(Context({"photo": photo}))


def test_picture_names_every_format_and_size(db):
    html = show(make_photo(), 'sizes="50vw"')

    for part in (
        '<source type="image/webp" srcset="/media/photos/none-480.webp 480w"',
        'src="/media/photos/none-480.jpg"',
        'srcset="/media/photos/none-480.jpg 480w"',
        'sizes="50vw"',
        'width="1200" height="900"',
        'alt="Rosa in her field"',
        'loading="lazy"',
        'decoding="async"',
    ):
        assert part in html


def test_picture_in_sight_at_once_is_not_put_off(db):
    html = show(make_photo(), "eager=True")

    assert 'fetchpriority="high"' in html
    assert "loading" not in html


def test_picture_without_renditions_shows_the_photo_itself(db):
    html = show(make_photo(renditions=[]))

    assert 'src="/media/photos/none.jpg"' in html
    assert "srcset" not in html


def test_thumbnail_url_takes_the_smallest(db):
    source = "{% load photo_tags %}{% thumbnail_url photo %}"

    urls = [
        Template(source).render(Context({"photo": photo}))
        for photo in (make_photo(), make_photo(renditions=[]))
    ]

    assert urls == ["/media/photos/none-480.jpg", "/media/photos/none.jpg"]
