"""Static files in production: hashed and compressed by WhiteNoise, the styles joined into one file."""

import posixpath
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/\n?", re.S)
IMPORT = re.compile(r'^@import "([^"]+)";$', re.M)
ADDRESS = re.compile(r'url\("(\.[^"]+)"\)')


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that `css/site.css` imports in its place: one request for the browser, many files for people."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if STYLES in paths and not dry_run:
            self.delete(STYLES)
            self.save(STYLES, ContentFile(joined_styles().encode()))
            paths[STYLES] = (self, STYLES)  # what is hashed and compressed next
        yield from super().post_process(paths, dry_run=dry_run, **options)


def joined_styles():
    """The styles as one text, in the order of the imports, without comments."""
    return COMMENT.sub("", IMPORT.sub(lambda found: moved(f"css/{found[1]}"), read(STYLES)))


def moved(name):
    """A file's styles, the addresses in them as they are from `css/site.css`."""
    folder = posixpath.dirname(name)
    return ADDRESS.sub(
        lambda found: f'url("{posixpath.relpath(posixpath.join(folder, found[1]), "css")}")', read(name)
    )


def read(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")
