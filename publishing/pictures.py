"""Picture files: what is accepted, how it is cleaned, and the smaller versions that pages show."""

from django.db import models


class Format(models.TextChoices):
    """The kinds of file that are accepted, named by the ending of their files."""

    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
