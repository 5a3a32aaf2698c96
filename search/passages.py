"""Why a result was found: the passage of its texts that has the words sought, and which words of it they are.

A word of a text fits a word sought as it does in the index: search/tokens.py. What leaves here are pieces of plain text; markup is made by the template tags.
"""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from publishing.sorting import without_marks
from publishing.words import WORD
from search import tokens

LETTER = WORD.pattern[:-1]
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


class Sought:
    """What was searched, as texts are looked through for it: made of those parts of a Query that are looked for.

    Its own `parts` are the words that have to follow each other: those of a phrase, or a single one.
    """

    def __init__(self, parts):
        self.parts = [
            words for part in parts for words in ([part.words] if part.is_phrase else zip(part.words))
        ]
        self.folded = [tuple(map(without_marks, words)) for words in self.parts]
        self.tokens = [tokens.sought(words[0]) for words in self.parts]
        self.first_words = self.candidates()

    def candidates(self):
        """A pattern of the words that can be the first one of a part: stems keep the first letter of a word.

        Most words of a long text need no look at their stem, which costs a hundred times as much.
        """
        initials = {words[0][0] for words in self.parts} | {words[0][:1] for words in self.folded}
        letters = "".join(initials) + "".join(spellings().get(initial, initial) for initial in initials)
        return re.compile(rf"(?<!{LETTER})[{re.escape(letters)}]{LETTER}*") if letters else None

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
        folded = self.folded[number]
        if len(folded) == 1:
            return match.end() if tokens.of_text(match[0].lower(), language) & self.tokens[number] else None
        for sought, word in zip(folded, chain([match], WORD.finditer(text, match.end())), strict=False):
            if without_marks(word[0]) != sought:
                return None
            end = word.end()
        return end

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


def opening(texts, order):
    """How the text begins in the first language of the order that has it: a Passage without marks, or None."""
    language = next((language for language in order if texts.get(language)), None)
    return language and Passage(language, window(texts[language], [], 0, 0))


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
    return window(
        text, marks, beginning(text, start), next(mark.end for mark in marks if mark.start == start)
    )


def window(text, marks, begin, least):
    """The passage that begins there and goes on to `least` at the least, in pieces."""
    end = ending(text, begin, least)
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
