"""The file of pictures, and the folder of their originals beside it."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing import pictures
from publishing.content.columns import Column, Translated
from publishing.content.errors import ContentError, ContentInvalid
from publishing.content.files import YamlFile
from publishing.languages import LANGUAGES, in_language
from publishing.models import Picture

FOLDER = "pictures"
# What an export may remove from the folder when its record is gone.
ENDINGS = [f".{ending}" for ending in pictures.Format.values]


class AcceptedFile(str):
    """How an entry names the content of a file, and where the file is."""

    path = None


class Original(Column):
    """The file of a picture. In an entry its content counts, not its name, so that files may be renamed."""

    derived = ["format", "width", "height"]

    def __init__(self):
        super().__init__("file", "digest")

    def canonical(self, value, model):
        if not isinstance(value, Path):
            raise ValidationError(_("The name of a file in the folder “%s” is expected.") % FOLDER)
        original = self.accepted(value)
        found = AcceptedFile(f"{original.digest}.{original.format}")
        found.path = value
        return found

    @staticmethod
    def accepted(path):
        try:
            with path.open("rb") as file:
                return pictures.accept(file)
        except OSError as error:
            raise ValidationError(_("Cannot be read: %s") % error.strerror) from error

    def dump(self, record):
        return f"{record.digest}.{record.format}"

    def load(self, record, value, lookup):
        record.take(self.accepted(value.path))


class InAnyLanguage(Translated):
    """A text that is needed in one language at least."""

    def load(self, record, value, lookup):
        if not value:
            raise ValidationError(_("Write this text in at least one language."))
        for language in LANGUAGES:
            setattr(record, in_language(self.column, language), value.get(language))


class PictureFile(YamlFile):
    """The pictures. A folder of content without any needs neither the file nor the folder."""

    name = "pictures.yaml"
    model = Picture
    fields = [
        Column("slug"),
        Original(),
        Translated("alt"),
        Translated("caption"),
        InAnyLanguage("credit"),
        InAnyLanguage("licence"),
        Column("licence_url"),
        Column("url"),
    ]

    def read(self, folder):
        if not (folder / self.name).exists():
            return
        for key, raw in super().read(folder):
            name = raw.get("file") if isinstance(raw, dict) else None
            if isinstance(name, str) and name == Path(name).name:
                raw["file"] = folder / FOLDER / name
            yield key, raw

    def write(self, folder, entries):
        if not entries and not (folder / self.name).exists():
            return
        (folder / FOLDER).mkdir(exist_ok=True)
        named = {slug: entry | {"file": self.copy(slug, entry, folder)} for slug, entry in entries.items()}
        super().write(folder, named)
        kept = {entry["file"] for entry in named.values()}
        for path in (folder / FOLDER).iterdir():
            if path.suffix in ENDINGS and path.name not in kept:
                path.unlink()  # its record is gone

    def counts(self, entries):
        return super().counts(entries) if entries else []

    def copy(self, slug, entry, folder):
        """Put the original of an entry into the folder, named like the entry; the name."""
        digest, ending = entry["file"].split(".")
        content = pictures.read(digest, ending)
        if content is None:
            problem = ContentError(self.name, slug, "file", _("The file of this picture is missing."))
            raise ContentInvalid([problem])
        name = f"{slug}.{ending}"
        (folder / FOLDER / name).write_bytes(content)
        return name


files = [PictureFile()]
