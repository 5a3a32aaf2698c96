"""Why a result was found: the passage of its texts that has the words sought, and which words of it they are.

A word of a text fits a word sought as it does in the index: both are the same without accents and case, or have the
same stem in the language of the text. What leaves here are pieces of plain text; markup is made by the template tags.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from publishing.languages import LANGUAGES
from publishing.sorting import without_marks
from publishing.words import WORD, stem

LENGTH = 220  # characters of a passage
BEFORE = 60  # of them at most so many before the first word that fits
SENTENCE_END = re.compile(r"[.!?;:·…»”\"]\s+")
SPACE = re.compile(r"\s+")
ALPHABETS = 0x2000  # the letters of Latin and Greek, with all their marks, lie before


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was sought."""

    text: str
    marked: bool


class Passage(NamedTuple):
    """A passage of a text in one language, as pieces in their order."""

    language: str
    pieces: list[Piece]

    def __str__(self):
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_marked(self):
        return any(piece.marked for piece in self.pieces)


class Mark(NamedTuple):
    """A place in a text that fits: from where to where, and which part of the query it fits."""

    start: int
    end: int
    part: int


@lru_cache(maxsize=20_000)
def root(word, language):
    """The folded stem that a word has in a language; a stem that can be stemmed again is (ciudades, ciudad, ciud)."""
    found = stem(word.lower(), language)
    while (shorter := stem(found, language)) != found:
        found = shorter
    return found


class Sought:
    """What was searched, as texts are looked through for it.

    Takes parts, each a list of words as typed that have to follow each other: one for a plain word, several for a
    phrase.
    """

    def __init__(self, parts):
        self.parts = [[unicodedata.normalize("NFC", word) for word in part] for part in parts if part]
        self.folded = [[without_marks(word) for word in part] for part in self.parts]
        self.roots = {
            language: [[root(word, language) for word in part] for part in self.parts]
            for language in LANGUAGES
        }
        self.first_words = self.candidates()

    def candidates(self):
        """A pattern of the words that can be the first one of a part: stems keep the first letter of a word.

        Most words of a long text need no look at their stem, which costs a hundred times as much.
        """
        initials = {part[0][0] for part in self.folded if part[0]} | {part[0][0] for part in self.parts}
        if not initials:
            return None
        letters = {letter for initial in initials for letter in spellings().get(initial, initial)} | initials
        return re.compile(rf"(?<![\w\u0300-\u036f])[{re.escape(''.join(sorted(letters)))}]{WORD.pattern[:-1]}*")

    def marks(self, text, language):
        """Every place of a text that fits a part, in order; a text of no language is compared as it is written."""
        found = []
        if not self.first_words:
            return found
        for match in self.first_words.finditer(text):
            if found and match.start() < found[-1].end:
                continue
            for number in range(len(self.parts)):
                if end := self.end_of(number, text, match, language):
                    found.append(Mark(match.start(), end, number))
                    break
        return found

    def end_of(self, number, text, match, language):
        """Where the part ends that begins with this word of the text; None where it does not fit."""
        position = 0
        for position, word in enumerate(self.words_from(text, match)):
            if not self.fits(number, position, word[0], language):
                return None
            if position == len(self.parts[number]) - 1:
                return word.end()
        return None

    def words_from(self, text, match):
        yield match
        yield from WORD.finditer(text, match.end())

    def fits(self, number, position, word, language):
        return without_marks(word) == self.folded[number][position] or (
            language in self.roots and root(word, language) == self.roots[language][number][position]
        )

    def pieces(self, text, language):
        """The whole of a short text in pieces."""
        return cut(text, self.marks(text, language), 0, len(text))

    def passage(self, texts, order):
        """The passage with most of what was sought, of texts by language: a Passage, or None where none has any of it.

        `order` are the languages in the reader's order: a passage in the reader's own is taken whatever others have.
        """
        best, most = None, 0
        for place, language in enumerate(order):
            text = texts.get(language)
            marks = self.marks(text, language) if text else []
            if not marks:
                continue
            start, parts = densest(marks)
            if parts > most:
                best, most = Passage(language, around(text, marks, start)), parts
            if place == 0 or most == len(self.parts):
                break
        return best


@lru_cache
def spellings():
    """The letters that a folded letter can be written as: {"l": "lLłŁ…"}."""
    written = {}
    for code in range(ALPHABETS):
        letter = chr(code)
        if letter.isalpha() and (folded := without_marks(letter)) and folded != letter:
            written[folded[0]] = written.get(folded[0], folded[0]) + letter
    return written


def densest(marks):
    """The first of the marks from which on most parts lie within a passage, and how many they are."""
    best, most = marks[0], 0
    for number, first in enumerate(marks):
        parts = set()
        for mark in marks[number:]:
            if mark.end > first.start + LENGTH - BEFORE:
                break
            parts.add(mark.part)
        if len(parts) > most:
            best, most = first, len(parts)
    return best.start, max(most, 1)


def around(text, marks, start):
    """The passage around a place in pieces. It begins with a sentence if one begins near, else with a word."""
    begin = beginning(text, start)
    end = ending(text, begin, next(mark.end for mark in marks if mark.start == start))
    pieces = cut(text, [mark for mark in marks if mark.start >= begin and mark.end <= end], begin, end)
    if begin:
        pieces.insert(0, Piece("… ", False))
    if end < len(text.rstrip()):
        pieces.append(Piece(" …", False))
    return pieces


def beginning(text, start):
    """Where a passage begins whose first mark is at `start`."""
    if start <= BEFORE:
        return 0
    before = text[start - BEFORE : start]
    ends = [match.end() for match in SENTENCE_END.finditer(before)] or [
        match.end() for match in [SPACE.search(before)] if match
    ]
    return start - BEFORE + ends[-1] if ends else start


def ending(text, begin, least):
    """Where a passage ends that begins there: with a word, and never before `least`."""
    end = max(begin + LENGTH, least)
    if end >= len(text):
        return len(text.rstrip())
    shorter = text.rfind(" ", least, end)
    return shorter if shorter > 0 else end


def cut(text, marks, begin, end):
    """A part of a text in pieces. Runs of white space become one space."""
    pieces, done = [], begin
    for mark in marks:
        pieces += [Piece(text[done : mark.start], False), Piece(text[mark.start : mark.end], True)]
        done = mark.end
    pieces.append(Piece(text[done:end], False))
    return [Piece(SPACE.sub(" ", piece.text), piece.marked) for piece in pieces if piece.text]
