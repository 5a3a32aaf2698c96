"""Results as a page shows them: with what was sought marked, and the languages in which they can be read."""

from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import gettext as _

from publishing.formats import language_name
from publishing.languages import LANGUAGES, Text, current_language, reading_order
from search import tokens
from search.passages import Passage, Piece, Sought, opening
from search.query import words_of


@dataclass
class Row:
    """A result with its names and the passage of its texts as Passages, and what is said of its languages."""

    result: object
    title: Passage
    alt: Passage | None
    note: Passage | None
    related: list[Passage]  # what it belongs to, where nothing else tells why it was found
    passage: Passage | None
    languages: str
    is_noted: bool  # whether its parts in another language say so: nobody expects them


def rows_of(findings, areas=()):
    """The results of a page as Rows; `areas` are all policy areas: dicts of `key`, `pk` and `label`."""
    sought = Sought(findings.query.sought)
    meant = {area["key"]: area["label"] for area in areas if area["pk"] in findings.meant}
    return [row_of(result, sought, meant) for result in findings.results]


def row_of(result, sought, meant):
    order = reading_order()
    title = named(result.title, sought)
    alt = other_name(result, title, sought)
    note = named(result.note, sought) if result.note else None
    passage = passage_of(result, sought, [title, alt], order)
    told = [found for found in (title, alt, note, passage) if found and found.is_marked]
    return Row(
        result,
        title,
        alt,
        note,
        [] if told else reasons(result, sought, meant),
        passage,
        *said_of(result.languages),
    )


def named(name, sought):
    """A name, which may be a Text, with what was sought marked."""
    language = name.language if isinstance(name, Text) else ""
    return Passage(language, sought.pieces(str(name), language or None))


def passage_of(result, sought, names, order):
    """The passage of a result's texts that shows: the one that tells why it was found.

    Where its names tell that, it is in the reader's language if there is any, not in that of whoever has the words.
    """
    told = {mark.part for name in names if name for mark in sought.marks(str(name), name.language or None)}
    if len(told) == len(sought.parts) and result.texts.get(order[0]):
        order = order[:1]
    return sought.passage(result.texts, order) or opening(result.texts, order)


def other_name(result, title, sought):
    """The other name a result shows: the one that was searched for if the title is not, or else its usual one."""
    if not title.is_marked and (found := first_marked(result.names.items(), sought)):
        return found
    if result.alt and result.alt != str(title):
        return Passage("", sought.pieces(result.alt, tokens.PLACE))
    return None


def first_marked(names, sought):
    """The first of several names, pairs as a document has them, which has what was sought: a Passage, or None."""
    found = (Passage(language or "", sought.pieces(name, language)) for language, name in in_order(names))
    return next((passage for passage in found if passage.is_marked), None)


def in_order(names):
    """Names, pairs of a language and a text, as they help a reader: those in the own language, then those of no other."""
    order = [current_language(), "", *LANGUAGES]
    return sorted(names, key=lambda name: order.index(name[0] or ""))


def reasons(result, sought, meant):
    """Why a result was found that does not say so itself: policy areas that were meant, or what it belongs to."""
    areas = [
        Passage(label.language if isinstance(label, Text) else "", [Piece(str(label), True)])
        for slug, label in meant.items()
        if slug in result.areas
    ]
    found = first_marked(result.related, sought)
    return areas or ([found] if found else [])


def said_of(languages):
    """What a result says of the languages it can be read in, and whether parts of it in others have to say so, too."""
    here = current_language()
    if not languages:
        return "", True
    if here in languages:
        return _("in %(language)s") % {"language": language_name(here)}, True
    names = format_list([language_name(language) for language in languages], "unit", here)
    return _("only in %(language)s") % {"language": names}, False


# While typing


def suggestions_of(results, text):
    """Results whose names begin like what is typed, each with the other name that it shows: a Passage, or None."""
    typed = words_of(text)
    return [(result, begun_name(result, typed)) for result in results]


def begun_name(result, typed):
    """The other name of a suggestion: the one that begins as typed if the title does not, or else its usual one."""
    if not begins(str(result.title), typed):
        for language, name in in_order(result.names.items()):
            if begins(name, typed):
                return Passage(language, [Piece(name, False)])
    return Passage("", [Piece(result.alt, False)]) if result.alt else None


def begins(name, typed):
    """Whether each of the words that are typed is the beginning of a word of the name."""
    beginnings = tokens.of_beginnings([("", name)]).split()
    return all(any(each.startswith(f"9{tokens.folded(word)}") for each in beginnings) for word in typed)
