"""Results as a page shows them: with what was sought marked, and the languages in which they can be read."""

from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import gettext as _

from publishing.formats import language_name
from publishing.languages import Text, current_language, reading_order
from search.passages import Passage, Sought, opening


@dataclass
class Row:
    """A result with its names and the passage of its texts as Passages, and what is said of its languages."""

    result: object
    title: Passage
    alt: Passage | None
    passage: Passage | None
    languages: str
    is_noted: bool  # whether its parts in another language say so: nobody expects them


def rows_of(findings):
    """The results of a page as Rows."""
    sought = Sought(findings.query.wanted)
    return [row_of(result, sought) for result in findings.results]


def row_of(result, sought):
    order = reading_order()
    title = named(result.title, sought)
    return Row(
        result,
        title,
        other_name(result, title, sought),
        sought.passage(result.texts, order) or opening(result.texts, order),
        *said_of(result.languages),
    )


def named(name, sought):
    """A name, which may be a Text, with what was sought marked."""
    language = name.language if isinstance(name, Text) else ""
    return Passage(language, sought.pieces(str(name), language or None))


def other_name(result, title, sought):
    """The other name a result shows: the one that was searched for if the title is not, or else its usual one."""
    if not title.is_marked:
        for language, name in result.names.items():
            found = Passage(language, sought.pieces(name, language))
            if found.is_marked and str(found) != str(title):
                return found
    return named(result.alt, sought) if result.alt and str(result.alt) != str(title) else None


def said_of(languages):
    """What a result says of the languages it can be read in, and whether parts of it in others have to say so, too."""
    here = current_language()
    if not languages:
        return "", True
    if here in languages:
        return _("in %(language)s") % {"language": language_name(here)}, True
    names = format_list([language_name(language) for language in languages], "unit", here)
    return _("only in %(language)s") % {"language": names}, False
