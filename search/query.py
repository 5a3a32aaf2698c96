"""What a visitor has typed: words, phrases in quotes, and words with a minus before them."""

import re
import unicodedata
from dataclasses import dataclass

from publishing import words
from publishing.sorting import without_marks

MOST_CHARACTERS = 200
MOST_WORDS = 10

QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"') | dict.fromkeys("−–—", "-"))
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True)
class Part:
    """A word, or several that have to stand next to each other: in quotes, or joined by a hyphen.

    `words` are in lower case, accents and all; `folded` are the same without accents.
    """

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def folded(self):
        return tuple(map(without_marks, self.words))


@dataclass(frozen=True)
class Query:
    """A search: `text` as it was typed, tidied; its `parts`; and `left_out`, what was too much of it."""

    text: str
    parts: tuple[Part, ...]
    left_out: str = ""

    @property
    def wanted(self):
        return [part for part in self.parts if not part.is_excluded]

    @property
    def excluded(self):
        return [part for part in self.parts if part.is_excluded]

    @property
    def words(self):
        """The words looked for, in lower case."""
        return [word for part in self.wanted for word in part.words]

    def __bool__(self):
        """Whether there is anything to look for: a minus alone asks for nothing."""
        return bool(self.wanted)


def parse(text):
    """A Query from anything that can be typed; what is beyond 200 characters or ten words is left out."""
    tidy = " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")[: 10 * MOST_CHARACTERS]).split())
    kept, left_out = tidy[:MOST_CHARACTERS].strip(), tidy[MOST_CHARACTERS:].strip()
    parts, number = [], 0
    for match in PART.finditer(kept.translate(QUOTES)):
        part = read(match)
        if not part.words or part in parts:
            continue
        if number + len(part.words) > MOST_WORDS:
            left_out = f"{kept[match.start() :]} {left_out}".strip()
            break
        number += len(part.words)
        parts.append(part)
    return Query(kept, tuple(parts), left_out[:MOST_CHARACTERS])


def read(match):
    text = match["plain"] if match["phrase"] is None else match["phrase"]
    return Part(tuple(words.words(text)), match["phrase"] is not None, bool(match["minus"]))
