"""Words that exist, near to those that were typed: "Barcelnoa" is answered with "Barcelona".

One error is forgiven, two from eight letters on; two letters that changed their places are one. Where nothing is near,
it is the words that one begins or ends with: "Wohnungsnot" is answered with "Wohnung". Only words are offered that occur
in documents, so that each of them finds something.
"""

from typing import NamedTuple

from django.db.models import Q
from rapidfuzz.distance import OSA

from publishing.sorting import without_marks
from search import vocabulary
from search.models import Word
from search.query import FUNCTION_WORDS

SHORTEST = 4  # letters; shorter words are near to too many others
LONG = 8  # letters of a word in which two errors are forgiven
MOST = 4000  # words that are compared


class Near(NamedTuple):
    """A word that exists, as it is written in a language ("" if in none), and how many documents have it."""

    written: str
    language: str
    documents: int


class Correction(NamedTuple):
    """What may have been meant: the whole query with other words, "" if there is none for one of them; and the words."""

    text: str
    near: dict  # {word as typed: [Near, …]} for each word that does not exist

    def __bool__(self):
        return bool(self.text)


def correct(words, language):
    """The Correction of a query's words for a reader of a language. Two queries of the database at most."""
    unknown = unknown_among(words, language)
    near = nearest_of(unknown, language)
    if not unknown or not all(near.values()):
        return Correction("", near)
    return Correction(" ".join(near[word][0].written if word in near else word for word in words), near)


def nearest(word, language, limit=3):
    """The words nearest to one, for a reader of a language: the nearest first, then names, then what is frequent."""
    return nearest_of([word], language, limit)[word]


def unknown_among(words, language):
    """The words that occur nowhere as they are, nor in another form in the reader's language. One query.

    Articles and the like, numbers and abbreviations of two letters are none: the vocabulary does not have them.
    """
    words = [word for word in words if vocabulary.is_kept(word) and word not in FUNCTION_WORDS]
    places = {word: {without_marks(word), Word.root_of(word, language)} for word in words}
    sought = set().union(*places.values())
    rows = Word.objects.filter(Q(folded__in=sought) | Q(root__in=sought)).values_list("folded", "root")
    known = {place for row in rows for place in row} if words else set()
    return [word for word in dict.fromkeys(words) if not known & places[word]]


def nearest_of(words, language, limit=3):
    """The words nearest to each of several: {word: [Near, …]}. One query."""
    folded = {word: without_marks(word) for word in words}
    places = [place(text) for text in folded.values() if len(text) >= SHORTEST]
    if not places:
        return {word: [] for word in words}
    places.append(Q(folded__in=sorted(set().union(*map(parts_of, folded.values())))))
    rows = list(
        Word.objects.filter(Q.create(places, connector=Q.OR))
        .order_by("-documents", "key")
        .values_list("folded", "written", "language", "is_name", "documents")[:MOST]
    )
    return {word: best(rows, folded[word], language)[:limit] for word in words}


def errors_in(folded):
    """How many errors are forgiven in a word."""
    return 1 if len(folded) < LONG else 2


def place(folded):
    """The condition that a word begins or ends like another one, and is about as long.

    Of few errors none is likely to be in both the first two letters and the last two.
    """
    errors = errors_in(folded)
    return Q(length__range=(len(folded) - errors, len(folded) + errors)) & (
        Q(head=folded[:2]) | Q(tail=folded[-2:])
    )


def parts_of(folded):
    """The beginnings and ends of a word that may be words themselves, of which it is composed."""
    shortest = max(SHORTEST, len(folded) // 3)
    lengths = range(shortest, len(folded) - 1)
    return {folded[:length] for length in lengths} | {folded[-length:] for length in lengths}


def best(rows, sought, language):
    """Of words as the query above gives them, those near enough, each once, in order; else those it is composed of.

    What a single document has may be no word: "Wohnungs- und Arbeitsmarkt".
    """
    if len(sought) < SHORTEST:
        return []
    found, composing = [], []
    errors, parts = errors_in(sought), parts_of(sought)
    for folded, written, its_language, is_name, documents in rows:
        near = Near(written, its_language, documents)
        distance = OSA.distance(sought, folded, score_cutoff=errors)
        if distance <= errors:
            found.append(((distance, not is_name, its_language != language, -documents, folded), near))
        elif folded in parts and documents > 1 and written.lower() not in FUNCTION_WORDS:
            composing.append(((its_language != language, -len(folded), -documents, folded), near))
    return each_once(found or composing, language)


def each_once(found, language):
    """The words of pairs of a rank, which ends with the word without accents, and a Near, in the order of ranks."""
    alike = {}
    for rank, near in sorted(found):
        alike.setdefault(rank[-1], []).append(near)
    # Of words that only accents tell apart the one that the reader would write: Amsterdam, and not Ámsterdam.
    return [
        min(each, key=lambda near: (near.language != language, near.language != ""))
        for each in alike.values()
    ]
