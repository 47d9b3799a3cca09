"""What a phone sends: photos on their side, formats of its own, many at once."""

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from producers import photos
from tests.producers.pictures import as_bytes, draw, exif, iso_file, make_upload, upload

SCAN, END = b"\xff\xda", b"\xff\xd9"
# How a picture lies in the file, by its EXIF orientation: what undoes it is upright.
LYING = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("name", photos.FORMATS)
@pytest.mark.parametrize("orientation", LYING)
def test_every_orientation_is_put_upright(orientation, name):
    lying = draw((1600, 1200))
    if LYING[orientation] is not None:
        lying = lying.transpose(LYING[orientation])
    content = as_bytes(lying, name, exif=exif(orientation))

    image = photos.prepare(upload(content))

    assert image.size == (1600, 1200)
    corners = [(5, 5), (1595, 5), (5, 1195), (1595, 1195)]
    assert [image.getpixel(corner)[0] > 200 for corner in corners] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("brand", "compatible"),
    [
        ("heic", ["mif1", "heic"]),
        ("heix", []),
        ("hevc", []),
        ("mif1", ["heic", "miaf"]),
        ("msf1", []),
        ("avif", ["mif1", "miaf"]),
        ("avis", []),
        ("MiHB", ["MiHE", "mif1"]),
    ],
)
def test_a_photo_in_the_phones_own_format_is_refused_with_what_to_do(brand, compatible):
    with pytest.raises(ValidationError) as refusal:
        photos.prepare(upload(iso_file(brand, *compatible), "IMG_0001.HEIC"))

    assert refusal.value.messages == [str(photos.HEIF_FORMAT)]


def test_a_real_avif_is_refused_too():
    with pytest.raises(ValidationError) as refusal:
        photos.prepare(upload(as_bytes(draw(), "AVIF")))

    assert refusal.value.messages == [str(photos.HEIF_FORMAT)]


@pytest.mark.parametrize("brand", ["isom", "mp42", "qt  "])
def test_a_video_is_no_photo(brand):
    with pytest.raises(ValidationError) as refusal:
        photos.prepare(upload(iso_file(brand, brand), "video.mp4"))

    assert refusal.value.messages == [str(photos.WRONG_FORMAT)]


def with_scans(count):
    """Return a progressive JPEG that repeats its last scan up to this many."""
    whole = as_bytes(draw(), progressive=True)
    last = whole[whole.rindex(SCAN) : -len(END)]
    more = count - whole.count(SCAN)
    return whole[: -len(END)] + last * more + END


def with_segments(count):
    """Return a JPEG with this many more empty comments in front."""
    whole = as_bytes(draw())
    return whole[:2] + b"\xff\xfe\x00\x02" * count + whole[2:]


@pytest.mark.parametrize("content", [with_scans(51), with_segments(1001)])
def test_a_jpeg_that_takes_long_to_read_is_refused(content):
    with pytest.raises(ValidationError) as refusal:
        photos.prepare(upload(content))

    assert refusal.value.messages == [str(photos.TOO_MANY_PARTS)]


@pytest.mark.parametrize(
    "content",
    [
        with_scans(50),
        with_segments(900),
        # A moving photo: behind its end comes a film, in which anything may stand.
        as_bytes(draw()) + (SCAN + b"\0\2") * 2000,
        as_bytes(draw(), comment=SCAN * 100),
    ],
    ids=["scans", "segments", "film", "comment"],
)
def test_a_jpeg_of_many_parts_is_taken(content):
    assert photos.prepare(upload(content)).size == (1200, 900)


def test_several_good_photos_are_accepted():
    uploads = [make_upload(name=name) for name in photos.FORMATS]

    assert photos.check_all(uploads) is None
    assert photos.check_all([]) is None


def test_each_bad_one_of_several_is_named():
    uploads = [
        upload(b"text", "lista.txt"),
        make_upload(),
        upload(iso_file("heic"), "IMG_1.HEIC"),
    ]

    with pytest.raises(ValidationError) as refusal:
        photos.check_all(uploads)

    assert refusal.value.messages == [
        f"lista.txt: {photos.WRONG_FORMAT}",
        f"IMG_1.HEIC: {photos.HEIF_FORMAT}",
    ]


def test_more_than_twenty_at_once_are_too_many():
    with pytest.raises(ValidationError) as refusal:
        photos.check_all([upload(b"")] * 21)

    assert refusal.value.messages == [photos.TOO_MANY.format(count=21)]


def test_together_they_have_a_limit_too():
    heavy = upload(b"")
    heavy.size = 20 * 1024 * 1024

    with pytest.raises(ValidationError) as refusal:
        photos.check_all([heavy] * 5 + [upload(b"\0")])

    assert refusal.value.messages == [str(photos.TOO_MUCH)]
