"""Picture files: what is accepted, how it is cleaned, and the smaller versions that pages show.

The files of a picture lie in a folder that is named by the digest of the original. What an address shows never changes,
so browsers keep it for good:

    pictures/5f0c…/original.jpg     as it came, upright and without metadata
    pictures/5f0c…/400.avif, …      what pages show, each width in AVIF and WebP, one in JPEG
"""

import hashlib
from io import BytesIO
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from publishing.formats import number
from publishing.metadata import without_metadata

FOLDER = "pictures"

# What is accepted. Pillow needs four bytes for each pixel, twice over for a picture that has to be turned.
MOST_MEGABYTES = 20
MOST_MEGAPIXELS = 40
LEAST_WIDTH = 400

# What is made of it. A phone of 390 points with three pixels each takes 1200.
WIDTHS = [400, 800, 1200, 1600]
FALLBACK_WIDTH = 1200
MODERN = {"avif": {"quality": 60, "speed": 6}, "webp": {"quality": 78, "method": 4}}
FALLBACK = {"quality": 80, "progressive": True, "optimize": True}
UPRIGHT_QUALITY = 95

ORIENTATION = ExifTags.Base.Orientation


class Format(models.TextChoices):
    """The kinds of file that are accepted, named by the ending of their files."""

    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"


# As Pillow names them; a picture of a phone can hold several ones and is JPEG all the same.
FORMATS = {"JPEG": Format.JPEG, "MPO": Format.JPEG, "PNG": Format.PNG, "WEBP": Format.WEBP}


# Taking a file in


class Original(NamedTuple):
    """A picture that was accepted."""

    content: bytes
    format: Format
    width: int
    height: int

    @property
    def digest(self):
        return hashlib.sha256(self.content).hexdigest()[:32]


def accept(file):
    """The Original in an open file, upright and without metadata; ValidationError says why it is refused."""
    content = file.read(MOST_MEGABYTES * 1_000_000 + 1)
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise ValidationError(
            _("The file is too large: at most %(limit)s MB."), params={"limit": number(MOST_MEGABYTES)}
        )
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image:
            check(image)
            return original(image, content)
    except UnidentifiedImageError as error:
        raise ValidationError(_("This is no picture in one of the formats JPEG, PNG and WebP.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("The picture is damaged and cannot be read.")) from error


def check(image):
    """Refuse by what the header says, before anything is unpacked."""
    width, height = image.size
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise too_many_pixels()
    if width < LEAST_WIDTH:
        raise ValidationError(
            _("The picture is too small: it has to be at least %(least)s pixels wide."),
            params={"least": number(LEAST_WIDTH)},
        )
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise ValidationError(_("The picture moves. Choose one that does not."))


def too_many_pixels():
    return ValidationError(
        _("The picture is too large: at most %(limit)s million pixels."),
        params={"limit": number(MOST_MEGAPIXELS)},
    )


def original(image, content):
    """The Original of an opened picture, which is read to its end."""
    kind = FORMATS[image.format]
    if image.getexif().get(ORIENTATION, 1) != 1:
        content = upright(image, kind)
        with Image.open(BytesIO(content)) as turned:
            size = turned.size
    else:
        size = image.size
        loaded(image)
    return Original(without_metadata(content, kind), kind, *size)


def upright(image, kind):
    """The content of a file whose picture stands as its metadata say."""
    file = BytesIO()
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    turned.save(file, Format(kind).label, quality=UPRIGHT_QUALITY, icc_profile=profile, exif=b"", xmp=b"")
    return file.getvalue()


def loaded(image):
    """The picture unpacked, a JPEG one no larger than is needed: that takes less time and memory."""
    image.draft("RGB", (WIDTHS[-1], 1))
    image.load()
    return image


# The files of a picture


class Files(NamedTuple):
    """The files of a picture, known from three of its columns."""

    digest: str
    width: int
    height: int

    @property
    def folder(self):
        return f"{FOLDER}/{self.digest}"

    @property
    def widths(self):
        """The widths in which there is a version; none is larger than the original."""
        return sorted({min(width, self.width) for width in WIDTHS})

    @property
    def fallback_width(self):
        return min(FALLBACK_WIDTH, self.width)

    def height_of(self, width):
        return max(1, round(width * self.height / self.width))

    def name(self, width, ending):
        return f"{self.folder}/{width}.{ending}"

    def versions(self):
        """Each version as (name, width, ending), the one for everybody first."""
        yield self.name(self.fallback_width, "jpg"), self.fallback_width, "jpg"
        for ending in MODERN:
            for width in self.widths:
                yield self.name(width, ending), width, ending

    def url(self):
        """The address of the version that every browser and every preview of a link can show."""
        return default_storage.url(self.name(self.fallback_width, "jpg"))

    def srcset(self, ending):
        """The versions of a format as the attribute `srcset` lists them."""
        return ", ".join(f"{default_storage.url(self.name(width, ending))} {width}w" for width in self.widths)


def picture_columns(prefix="picture__"):
    """What a list needs to show pictures, as columns for its rows; the prefix leads to the picture."""
    return {f"picture_{name}": models.F(f"{prefix}{name}") for name in Files._fields}


def original_name(digest, ending):
    return f"{FOLDER}/{digest}/original.{ending}"


def write(original):
    """Put an accepted picture and its versions into the storage."""
    name = original_name(original.digest, original.format)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(original.content))
    write_versions(original)


def read(digest, ending):
    """The content of an original in the storage; None if it is lost."""
    name = original_name(digest, ending)
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return file.read()


def write_versions(original):
    """Make the versions that are not there yet; how many were made."""
    files = Files(original.digest, original.width, original.height)
    missing = [version for version in files.versions() if not default_storage.exists(version[0])]
    if missing:
        image = in_screen_colours(loaded(Image.open(BytesIO(original.content))))
        for name, width, ending in missing:
            size = (width, files.height_of(width))
            default_storage.save(name, ContentFile(version(image, size, ending)))
    return len(missing)


def in_screen_colours(image):
    """The picture in sRGB, with its transparency."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    if profile and image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert(mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken or of other colours than the picture
    return image.convert(mode)


def version(image, size, ending):
    """The content of a file with the picture in a size."""
    image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    file = BytesIO()
    if ending == "jpg":
        on_white(image).save(file, "JPEG", **FALLBACK)
    else:
        image.save(file, ending.upper(), icc_profile=None, **MODERN[ending])
    return file.getvalue()


def on_white(image):
    """The picture without transparency, which JPEG does not have."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def delete(digest):
    """Take the files of a picture out of the storage."""
    folder = f"{FOLDER}/{digest}"
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
