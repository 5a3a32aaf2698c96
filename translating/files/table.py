"""Tables (CSV) for translators who work in a spreadsheet: one row for each text.

A spreadsheet takes a cell that starts with = + - @ for a formula. Such a text is written with an apostrophe before
it, and read without.
"""

import csv
import io
import re

from django.utils.translation import gettext as _

from translating.files import inline
from translating.files.units import Unit, Unreadable, checked, language_of, parse_identifier, same_lines

COLUMNS = ["id", "entry", "field", "from", "to", "original", "translation", "state", "note", "version"]
NEEDED = ["id", "to", "original", "translation", "version"]
DELIMITERS = ",;\t"

FORMULA = re.compile(r"'*[=+\-@\t\r]")
PROTECTED = re.compile(r"'+[=+\-@\t\r]")
# What a spreadsheet leaves where it calculated, and what nobody writes at the start of a text.
CALCULATED = re.compile(r"[=@]|#(?:NAME|REF|VALUE|N/A|DIV/0|NUM|NULL)[!?]?$")
UNFINISHED = {"initial", "new", "needs-translation", "needs-review", "unfinished"}


def write(units):
    """The table (bytes) of units: UTF-8 with a mark at the beginning, by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for unit in units:
        row = [
            unit.identifier,
            unit.entry,
            unit.field,
            unit.source_language,
            unit.language,
            unit.source,
            unit.target,
            unit.state,
            "\n".join(unit.notes),
            unit.version,
        ]
        writer.writerow([protected(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def protected(cell):
    return f"'{cell}" if FORMULA.match(cell) else cell


def unprotected(cell):
    return cell[1:] if PROTECTED.match(cell) else cell


def read(data, is_rich):
    """The units (a list) of a table (bytes); `is_rich` answers for kind and field.

    Raises Unreadable with a sentence for the person who sent the file.
    """
    content = decoded(data)
    header, _line_end, _rest = content.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    rows = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restval="")
    try:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or []]
        for column in NEEDED:
            if column not in rows.fieldnames:
                raise Unreadable(
                    _("The table has no column “%(column)s”. It needs these: %(columns)s.")
                    % {"column": column, "columns": ", ".join(NEEDED)}
                )
        return checked(unit for row in rows if (unit := unit_of(row, is_rich)))
    except csv.Error:
        raise Unreadable(
            _("The table cannot be read in line %(line)s.") % {"line": rows.line_num + 1}
        ) from None


def decoded(data):
    """The text of a file. Raises Unreadable if it is in no encoding that says which it is."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError:
        content = "\0"
    if "\0" in content:
        raise Unreadable(
            _("The encoding of this file cannot be read. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).")
        )
    return content


def unit_of(row, is_rich):
    """The Unit of a row, or None for a row that names no text."""
    parts = parse_identifier(row["id"].strip())
    if parts is None:
        return None
    kind, record, field = parts
    translation = row["translation"]
    unit = Unit(
        kind,
        record,
        field,
        source_language=language_of(row.get("from")),
        language=language_of(row["to"]),
        source=same_lines(unprotected(row["original"])),
        is_rich=is_rich(kind, field),
        version=row["version"].strip(),
        is_finished=said(row.get("state", "").strip().lower()),
    )
    if CALCULATED.match(translation):
        unit.problem = _("It starts like a formula of a spreadsheet, or is the error of one.")
    unit.target = same_lines(unprotected(translation))
    if unit.is_rich:
        unit.target = inline.brought(unit.target)
    return unit


def said(state):
    """What the state in a row says of the text: finished, not finished, or nothing, as all that we write ourselves."""
    if state in UNFINISHED:
        return False
    return True if state in ("translated", "final") else None
