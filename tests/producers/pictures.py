"""Real image files for tests, made with Pillow."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

ORIENTATION = ExifTags.Base.Orientation
ROTATED_90 = (
    6  # EXIF: the camera was held upright; the stored picture lies on its side.
)


def draw(size=(1200, 900), mode="RGB", corner="red"):
    """Return a picture in grey whose upper left corner has another colour."""
    ground = {"RGBA": (0, 0, 0, 0), "L": 128}.get(mode, "grey")
    image = Image.new(mode, size, ground)
    box = (0, 0, size[0] // 4, size[1] // 4)
    ImageDraw.Draw(image).rectangle(box, fill=200 if mode == "L" else corner)
    return image


def exif(orientation=1):
    """Return EXIF data with a maker, an orientation and a place in Cusco."""
    data = Image.Exif()
    data[ExifTags.Base.Make] = "Camera of Rosa"
    data[ORIENTATION] = orientation
    data[ExifTags.IFD.GPSInfo] = {1: "S", 2: (13.0, 31.0, 6.0), 3: "W"}
    return data


def as_bytes(image, name="JPEG", **options):
    """Return the bytes of a picture in a format."""
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def upload(content, name="rosa.jpg"):
    """Return bytes as Django hands an uploaded file over."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def make_upload(size=(1200, 900), mode="RGB", name="JPEG", corner="red", **options):
    """Return an uploaded picture."""
    picture = draw(size, mode, corner)
    return upload(as_bytes(picture, name, **options), f"rosa.{name.lower()}")


def iso_file(brand, *compatible):
    """Return the beginning of a file of the ISO family, such as a HEIC photo."""
    brands = b"".join(one.encode() for one in (brand, "\0\0\0\0", *compatible))
    box = b"ftyp" + brands
    return (len(box) + 4).to_bytes(4, "big") + box + b"\0\0\0\x08mdat"


def stored(folder):
    """Return the names of the files under a folder."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
