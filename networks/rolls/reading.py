"""From the text of a list to its lines: a name in each, and perhaps a country, a role, years and a source.

What follows the name is recognised by what it is, in any of the site's languages and any order; a first line that
names columns is followed. Nothing is dropped: what is not understood stays beside the name.
"""

import csv
import re
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from networks.models import Membership
from networks.years import EARLIEST, this_year
from publishing.formats import number
from publishing.languages import LANGUAGES
from publishing.sorting import without_marks

MOST_LINES = 5_000
MOST_BYTES = 2 * 2**20
LONGEST_LINE = 1_000
LONGEST_NAME = 100
LONGEST_SOURCE = 500

TAG = re.compile(r"<(?:[a-zA-Z][^<>]*|/[a-zA-Z][^<>]*|!--.*?--|!doctype[^<>]*)>", re.IGNORECASE)
BULLET = re.compile(r"^(?:[•·*–—‣▪●○◦-]|\(?[0-9]{1,5}[.)])\s+")
FOOTNOTE = re.compile(r"(?:\s*\[[0-9a-z]{1,3}\])+$")
YEAR = re.compile(r"[0-9]{4}")
YEARS = re.compile(r"([0-9]{4})?\s*[-–—]\s*([0-9]{4})?")
IN_BRACKETS = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")
NOT_IN_WORDS = re.compile(r"[\W_]+")

# What can be wrong with a line, in words.
PROBLEMS = {
    "nameless": gettext_lazy("There is no name in it."),
    "long": gettext_lazy("It is too long for a name."),
    "year": gettext_lazy("The years must lie between 1900 and this year."),
    "order": gettext_lazy("The end must not be before the start."),
    "source": gettext_lazy("The source is not a full address, such as https://example.org/members."),
}

# The columns that a first line can name, by how it may call them. The first ones are those of our own files.
COLUMNS = {
    "name": ["municipality", "name", "city", "slug", "member", "organisation"],
    "country": ["country"],
    "role": ["role"],
    "since": ["since"],
    "until": ["until"],
    "source": ["source_url", "source"],
}
COLUMN_LABELS = {
    "name": [gettext_lazy("municipality"), gettext_lazy("name"), gettext_lazy("organisation")],
    "country": [gettext_lazy("country")],
    "role": [gettext_lazy("role")],
    "since": [gettext_lazy("since")],
    "until": [gettext_lazy("until")],
    "source": [gettext_lazy("source")],
}


class Unreadable(Exception):
    """The text is no list; says why, for the person who sent it."""


@dataclass
class Line:
    """What one line of a list says."""

    number: int
    text: str
    name: str = ""
    country: str = ""  # its code
    role: str = ""
    since: int | None = None
    until: int | None = None
    source: str = ""
    unread: list = field(default_factory=list)  # what was not understood
    problem: str = ""  # one of PROBLEMS: the line cannot be taken
    near: list = field(default_factory=list)  # keys of whom it may mean, if nobody is called so

    @property
    def reason(self):
        return str(PROBLEMS[self.problem]) if self.problem else ""


def stored(lines):
    """Lines as values for JSON; `restored` is the way back."""
    return [asdict(line) for line in lines]


def restored(values):
    return [Line(**value) for value in values]


def fold(text):
    """A name as names are compared: "Saint-Étienne" and "SAINT ETIENNE" are the same."""
    return NOT_IN_WORDS.sub(" ", without_marks(text)).strip()


def in_each_language(label):
    """A label, folded, in every language of the site."""
    for language in LANGUAGES:
        with override(language):
            yield fold(str(label))


def role_words():
    """The roles by how a list may call them: {"gründungsmitglied": "founder"}, folded."""
    found = {fold(value): value for value in Membership.Role.values}
    for role in Membership.Role:
        found |= dict.fromkeys(in_each_language(role.label), role.value)
    return found


def column_words():
    """The columns by how a first line may call them."""
    found = {fold(word): column for column, words in COLUMNS.items() for word in words}
    for column, labels in COLUMN_LABELS.items():
        for label in labels:
            for word in in_each_language(label):
                found.setdefault(word, column)
    return found


def decoded(data):
    """The text of a file (bytes). Raises Unreadable."""
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


def read(text, countries):
    """The Lines of a list; `countries` are codes by folded names and codes ("polen" and "pl": "PL").

    Raises Unreadable where there is no list, or one that is too long.
    """
    rows = [(count, row) for count, row in enumerate(text.splitlines(), 1) if row.strip(" \t\ufeff;,")]
    if not rows:
        raise Unreadable(_("The list is empty."))
    if len(rows) > MOST_LINES:
        raise Unreadable(
            _("The list has %(count)s lines; %(most)s can be taken at a time. Divide it into smaller ones.")
            % {"count": number(len(rows)), "most": number(MOST_LINES)}
        )
    refuse_markup(rows)
    reader = Reader(countries)
    cells = {count: cells_of(row) for count, row in rows}
    if reader.take_header(cells[rows[0][0]]):
        rows = rows[1:]
        if not rows:
            raise Unreadable(_("The list names its columns, and nobody."))
    return [reader.line(count, row, cells[count]) for count, row in rows]


def refuse_markup(rows):
    for count, row in rows:
        if found := TAG.search(row):
            raise Unreadable(
                _(
                    "Line %(line)s is the source code of a web page (%(code)s), not a name. "
                    "Copy the names as the page shows them."
                )
                % {"line": number(count), "code": found[0][:40]}
            )


def cells_of(row):
    """The cells of a line: parted by tabs, else by semicolons, else by commas."""
    if len(row) > LONGEST_LINE:
        return [row[:LONGEST_LINE]]
    separator = next((mark for mark in "\t;," if mark in row), ",")
    cells = next(csv.reader([row.strip(" \ufeff")], delimiter=separator, skipinitialspace=True))
    return [" ".join(cell.split()) for cell in cells]


class Reader:
    """Reads lines by the words of roles and countries, and by the columns that the first line named."""

    def __init__(self, countries):
        self.countries = countries
        self.roles = role_words()
        self.columns = []

    def take_header(self, cells):
        """Whether the first line names columns, and if it does, remember them."""
        known = column_words()
        columns = [known.get(fold(cell), "") for cell in cells]
        if "name" not in columns:
            return False
        self.columns = columns
        return True

    def line(self, count, text, cells):
        line = Line(count, text.strip()[:LONGEST_LINE])
        if len(text) > LONGEST_LINE:
            line.problem = "long"
            return line
        if self.columns:
            self.read_columns(line, cells)
        else:
            self.read_name(line, cells[0])
            for cell in filter(None, cells[1:]):
                if not self.recognise(line, cell):
                    line.unread.append(cell)
        line.problem = line.problem or problem_of(line)
        return line

    def read_columns(self, line, cells):
        """Cells under the names of columns; what stands under others is not for us."""
        for column, cell in zip(self.columns, cells, strict=False):
            if column == "name" and not line.name:
                self.read_name(line, cell)
            elif column and cell and not self.understand(line, column, cell):
                line.unread.append(cell)

    def understand(self, line, column, cell):
        """Take a cell for what its column says it is; whether it can be that."""
        if column == "country":
            return self.take_country(line, cell)
        if column == "role":
            return self.take_role(line, cell)
        if column in ("since", "until") and YEAR.fullmatch(cell):
            setattr(line, column, int(cell))
            return True
        if column == "source":
            line.source = cell
            return True
        return False

    def read_name(self, line, cell):
        """A name, without the marks of a list around it; a country in brackets is no part of it."""
        cell = FOOTNOTE.sub("", BULLET.sub("", cell)).strip(" ,;")
        found = IN_BRACKETS.fullmatch(cell)
        if found and self.take_country(line, found[2]):
            cell = found[1]
        line.name = cell

    def recognise(self, line, cell):
        """Take a cell for what it is; whether it is anything."""
        if cell.lower().startswith(("http://", "https://")):
            line.source = cell
            return True
        return self.take_years(line, cell) or self.take_role(line, cell) or self.take_country(line, cell)

    @staticmethod
    def take_years(line, cell):
        if YEAR.fullmatch(cell):
            if line.since is None:
                line.since = int(cell)
            elif line.until is None:
                line.until = int(cell)
            else:
                return False
            return True
        found = YEARS.fullmatch(cell)
        if not found or not any(found.groups()) or line.since or line.until:
            return False
        line.since, line.until = (int(year) if year else None for year in found.groups())
        return True

    def take_role(self, line, cell):
        role = self.roles.get(fold(cell))
        if role and not line.role:
            line.role = role
            return True
        return False

    def take_country(self, line, cell):
        country = self.countries.get(fold(cell))
        if country and line.country in ("", country):
            line.country = country
            return True
        return False


def problem_of(line):
    """What speaks against taking a line: a key of PROBLEMS, or nothing."""
    if not fold(line.name):
        return "nameless"
    if len(line.name) > LONGEST_NAME:
        return "long"
    years = [year for year in (line.since, line.until) if year is not None]
    if not all(EARLIEST <= year <= this_year() for year in years):
        return "year"
    if years != sorted(years):
        return "order"
    return "source" if line.source and not is_address(line.source) else ""


def is_address(text):
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_SOURCE
