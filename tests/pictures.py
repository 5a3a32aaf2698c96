"""Picture files for tests, painted on the spot."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from publishing import pictures
from publishing.models import Picture
from tests.factories import in_english

ORIENTATION, GPS, LATITUDE_REF, MAKER = 0x0112, 0x8825, 1, 0x010F


def painted(width=900, height=600, mode="RGB"):
    """A picture whose left half is dark, so that one sees how it stands."""
    image = Image.new(mode, (width, height), "khaki" if mode in ("RGB", "RGBA") else 200)
    ImageDraw.Draw(image).rectangle(
        (0, 0, width // 2, height), fill="teal" if mode in ("RGB", "RGBA") else 60
    )
    return image


def file_of(image, kind="JPEG", **options):
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def photo(width=900, height=600, kind="JPEG", **options):
    """The bytes of a picture file."""
    return file_of(painted(width, height), kind, **options)


def phone_photo(width=900, height=600, turned=1, kind="JPEG"):
    """As a phone makes it: with its maker, the place, and how it was held."""
    exif = Image.Exif()
    exif[MAKER] = "A Phone"
    exif[ORIENTATION] = turned
    exif.get_ifd(GPS)[LATITUDE_REF] = "N"
    return photo(width, height, kind, exif=exif)


def accepted(content):
    return pictures.accept(ContentFile(content))


def stored(content=None, **fields):
    """A picture with its files, which are there as soon as the transaction ends."""
    texts = {"alt": "Boats in the harbour", "credit": "A Photographer", "licence": "CC BY-SA 4.0"}
    picture = Picture(**in_english(Picture, texts | fields))
    picture.take(accepted(content or photo()), "harbour")
    picture.save()
    return picture
