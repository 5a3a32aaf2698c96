"""Files for professional translators: XLIFF 2.0 and 1.2, and tables.

`write()` makes a file of units, `read()` takes one back; neither asks the database.
"""

from django.utils.translation import gettext as _

from translating.files import table, xliff
from translating.files.units import Unreadable

# The formats by the names that forms use: what people call them, the ending of the file, its media type, its writer.
FORMATS = {
    "xliff20": ("XLIFF 2.0", "xlf", "application/xliff+xml", lambda units: xliff.write(units, "2.0")),
    "xliff12": ("XLIFF 1.2", "xlf", "application/xliff+xml", lambda units: xliff.write(units, "1.2")),
    "csv": ("CSV", "csv", "text/csv; charset=utf-8", table.write),
}
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def write(units, format_name):
    """The file (bytes) of units in one of the FORMATS; for XLIFF they share their two languages."""
    return FORMATS[format_name][3](units)


def read(data, is_rich):
    """The units of a file (bytes) of any of the formats, recognised by what it holds.

    `is_rich(kind, field)` says which texts have markup. Raises Unreadable with a sentence for who sent the file.
    """
    start = data[:1000]
    for mark in MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\0", b"").lstrip()
    if not start:
        raise Unreadable(_("The file is empty."))
    if start.startswith(b"PK"):
        raise Unreadable(_("This is no XLIFF file and no table. Save a spreadsheet as “CSV UTF-8” first."))
    return xliff.read(data, is_rich) if start.startswith(b"<") else table.read(data, is_rich)
