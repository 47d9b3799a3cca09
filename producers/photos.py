"""Uploaded photos: what is accepted, and what is kept of them.

Kept are an upright JPEG in sRGB and its renditions, all without EXIF, place, colour
profile or comment. Their names come from a hash of the content.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, ImageOps

from .models import ProducerPhoto, ProductPhoto
from .models.photo import EDGE, MIDDLE

FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = ",".join(f"image/{name.lower()}" for name in FORMATS)
MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 20
MAX_TOTAL_BYTES = 100 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_WIDTH = 800
# WebP ends at 16383 pixels; a picture this tall is no photo for a page either.
MAX_HEIGHT_PER_WIDTH = 4
KEPT_WIDTH = 2400
KEPT_QUALITY = 88
RENDITION_WIDTHS = (480, 960, 1600)
RENDITIONS = {"webp": {"quality": 78, "method": 4}, "jpeg": {"quality": 80}}
SUFFIXES = {"webp": "webp", "jpeg": "jpg"}
FOLDER = "photos"
SIGNATURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF.{4}WEBP", re.DOTALL)
# What a file of the ISO family calls itself first, or says that it is compatible with.
HEIF = re.compile(
    rb".{4}ftyp(?:.{4})*?(?:hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])", re.DOTALL
)
HEAD_BYTES = 64
# A marker of a JPEG: in a picture's own data, one of the others comes after 0xFF.
MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
START, END, SCAN, TEMPORARY = b"\xd8", b"\xd9", b"\xda", b"\x01"
# Cameras and programs write ten scans or so; each costs a walk over all the pixels.
MAX_SCANS = 50
# Twenty megabytes of the largest segments are 320.
MAX_SEGMENTS = 1000
SIDEWAYS = range(5, 9)  # EXIF's orientations with width and height exchanged.
SRGB = ImageCms.createProfile("sRGB")
PHOTO_MODELS = (ProducerPhoto, ProductPhoto)

TOO_HEAVY = _("The photo is larger than 20 MB. Send a smaller one.")
WRONG_FORMAT = _("This is no JPEG, PNG or WebP photo. Save it as JPEG and try again.")
HEIF_FORMAT = _(
    "This is a HEIC or AVIF photo, which not every telephone can show. On the iPhone "
    "choose Settings ▸ Camera ▸ Formats ▸ Most Compatible, or send yourself the photo "
    "by WhatsApp, which makes a JPEG of it."
)
TOO_MANY_PIXELS = _("The photo has more than 40 million pixels. Make it smaller.")
TOO_MANY_PARTS = _("The photo is stored in too many parts. Save it anew as JPEG.")
TOO_NARROW = _("The photo is {width} pixels wide; it takes at least 800.")
TOO_TALL = _("The photo is more than four times as tall as wide. Crop it.")
DAMAGED = _("The photo is damaged or incomplete. Send it again.")
TOO_MANY = _("You chose {count} photos; at most 20 go at once.")
TOO_MUCH = _("Together the photos are larger than 100 MB. Add them in several goes.")
OF_FILE = _("{name}: {sentence}")

# What Pillow's decoders raise on bytes that are not what they promise.
DAMAGE = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError),
    *(OverflowError, AttributeError, struct.error, zlib.error),
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def prepare(upload) -> Image.Image:
    """Return the photo of an uploaded file, upright, in sRGB, without any metadata.

    It is at most KEPT_WIDTH wide. Size and format are judged before decoding.
    Raises ValidationError, with a sentence, for what is not accepted.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="heavy")
    _check_parts(upload)
    image = _open(upload)
    try:
        width = _checked_width(image)
        # A JPEG is decoded at a fraction of its size where that is enough.
        image.draft(None, (KEPT_WIDTH, KEPT_WIDTH))
        image = _in_srgb(_flat(ImageOps.exif_transpose(image)))
    except ValidationError:
        raise
    except DAMAGE as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    image.info.clear()
    return _scaled(image, min(width, KEPT_WIDTH))


def check_all(uploads, *, judged=()):
    """Raise ValidationError, a sentence a file, if prepare() refuses one of several.

    judged: uploads that prepare() has taken already, and that come in the same go.
    The photos are not kept in memory: twenty of them can be half a gigabyte.
    """
    sizes = [upload.size for upload in (*judged, *uploads)]
    if len(sizes) > MAX_FILES:
        raise ValidationError(TOO_MANY.format(count=len(sizes)), code="many")
    if sum(sizes) > MAX_TOTAL_BYTES:
        raise ValidationError(TOO_MUCH, code="much")
    faults = []
    for upload in uploads:
        try:
            prepare(upload)
        except ValidationError as error:
            sentence = " ".join(error.messages)
            faults.append(OF_FILE.format(name=upload.name, sentence=sentence))
    if faults:
        raise ValidationError(faults)


def store(photo, upload):
    """Put an uploaded file's photo and renditions into a photo row, unsaved.

    The files are written at once. Those that it replaces stay, for an earlier version
    may come back; see remove().
    Raises ValidationError as prepare() does.
    """
    image = prepare(upload)
    kept = _encoded(image, "jpeg", quality=KEPT_QUALITY)
    stem = f"{FOLDER}/{sha256(kept).hexdigest()[:24]}"
    photo.renditions = _renditions(image, stem)
    photo.image = _write(f"{stem}.jpg", kept)
    photo.width, photo.height = image.size


def thumbnail(renditions) -> dict | None:
    """Return the smallest JPEG of a row's renditions, None if there is none."""
    jpegs = [one for one in renditions or [] if one["format"] == "jpeg"]
    return min(jpegs, key=lambda one: one["width"], default=None)


def focus_classes(x: int, y: int) -> str:
    """Return the classes of css/focus.css for a point, in percent, to a tenth."""
    x, y = ((percent + 5) // 10 * 10 for percent in (x, y))
    return f"focus-x-{x} focus-y-{y}"


class PhotoField(forms.ImageField):
    """Takes an upload that prepare() accepts."""

    def to_python(self, data):
        # Not ImageField's: it opens any format, and before looking at the size.
        upload = super(forms.ImageField, self).to_python(data)
        if upload is not None:
            # Decoded anew to be stored: a page's photos would not fit into memory.
            prepare(upload)
        return upload

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPT}


class FocusField(forms.IntegerField):
    """Percent of a photo's width or height; left empty, the middle."""

    widget = forms.NumberInput(attrs={"type": "range", "step": 10, "max": EDGE})

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"required": False, "widget": self.widget})

    def to_python(self, value):
        number = super().to_python(value)
        return MIDDLE if number is None else number


class PhotoForm(forms.ModelForm):
    """The form of a photo row: an upload goes through prepare() and store()."""

    class Meta:
        fields = ["image", "alt_text", "position", "focus_x", "focus_y"]
        field_classes = {
            "image": PhotoField,
            "focus_x": FocusField,
            "focus_y": FocusField,
        }
        # Not Django's, which shows the file's name: here that is a hash.
        widgets = {"image": forms.FileInput}

    def save(self, commit=True):
        if "image" in self.changed_data:
            store(self.instance, self.cleaned_data["image"])
        return super().save(commit=commit)


def _check_parts(upload):
    """Refuse a JPEG that is small, and yet takes long to read."""
    upload.seek(0)
    content = upload.read()
    if not content.startswith(b"\xff\xd8"):
        return
    markers = [*islice(_markers(content), MAX_SEGMENTS + 1)]
    if len(markers) > MAX_SEGMENTS or markers.count(SCAN) > MAX_SCANS:
        raise ValidationError(TOO_MANY_PARTS, code="parts")


def _markers(content: bytes) -> Iterator[bytes]:
    """Yield the marker of each segment of a JPEG, to the end of its picture.

    What may come behind it, such as the film of a moving photo, is not read.
    """
    place = 0
    while (found := MARKER.search(content, place)) and found[1] != END:
        yield found[1]
        place = found.end()
        if found[1] not in {START, TEMPORARY}:
            place += int.from_bytes(content[place : place + 2], "big")


def _open(upload):
    upload.seek(0)
    try:
        return Image.open(upload, formats=FORMATS)
    except BOMBS as error:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels") from error
    except DAMAGE as error:
        upload.seek(0)
        head = upload.read(HEAD_BYTES)
        if SIGNATURE.match(head):
            raise ValidationError(DAMAGED, code="damaged") from error
        if HEIF.match(head):
            raise ValidationError(HEIF_FORMAT, code="heif") from error
        raise ValidationError(WRONG_FORMAT, code="format") from error


def _checked_width(image):
    """Return the width that the image has upright; refuse one of a wrong size."""
    # First of all: a PNG is decoded to find its EXIF data.
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")
    is_lying = image.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS
    width, height = image.size[::-1] if is_lying else image.size
    if width < MIN_WIDTH:
        raise ValidationError(TOO_NARROW.format(width=width), code="narrow")
    if height > width * MAX_HEIGHT_PER_WIDTH:
        raise ValidationError(TOO_TALL, code="tall")
    return width


def _flat(image):
    """Return the image without transparency, on white, in eight bits a channel."""
    if image.mode.startswith("I"):  # PNG in sixteen bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image
    layer = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.info = image.info
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _in_srgb(image):
    profile = image.info.get("icc_profile")
    if image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            # A broken profile, or one of another kind of colour: go without.
            return image.convert("RGB")
    return image.convert("RGB")


def _scaled(image, width):
    if image.width == width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def _encoded(image, name, **options):
    buffer = io.BytesIO()
    if name == "jpeg":
        options |= {"optimize": True, "progressive": True}
    image.save(buffer, name, **options)
    return buffer.getvalue()


def _renditions(image, stem):
    """Write the renditions of an image that are not larger than it; describe them."""
    rows = []
    for width in RENDITION_WIDTHS:
        if width > image.width:
            continue
        scaled = _scaled(image, width)
        for name, options in RENDITIONS.items():
            path = f"{stem}-{width}.{SUFFIXES[name]}"
            rows.append(
                {
                    "format": name,
                    "width": width,
                    "height": scaled.height,
                    "name": _write(path, _encoded(scaled, name, **options)),
                }
            )
    return rows


def _write(name, content):
    # The name says the content: what is there already is the same.
    if default_storage.exists(name):
        return name
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:
        # Somebody else has stored the same just now.
        default_storage.delete(stored)
    return name


def names(photo) -> list[str]:
    """Return the names of the files of a photo, or of a version of one."""
    # A version has the name alone, without the field's file.
    image = getattr(photo.image, "name", photo.image)
    return [image, *(one["name"] for one in photo.renditions)]


def image_of(name: str) -> str:
    """Return the name of the photo that a file is, or is a rendition of."""
    return f"{FOLDER}/{PurePosixPath(name).stem.partition('-')[0]}.jpg"


def remove(files: list[str]):
    """Remove files by name, but those of photos that are stored, or were once."""
    for name in files:
        is_ours = PurePosixPath(name).parent == PurePosixPath(FOLDER)
        if is_ours and not _is_known(image_of(name)):
            default_storage.delete(name)


def _is_known(image):
    return any(
        rows.filter(image=image).exists()
        for model in PHOTO_MODELS
        for rows in (model.objects, model.history)
    )
