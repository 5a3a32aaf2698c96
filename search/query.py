"""What a visitor has typed: words, phrases in quotes, and words with a minus before them."""

import re
import unicodedata
from dataclasses import dataclass, replace

from publishing import words
from publishing.sorting import without_marks

MOST_CHARACTERS = 200
MOST_WORDS = 10

# Articles, prepositions and conjunctions, which say nothing about what somebody looks for.
BY_LANGUAGE = {
    "en": "a an and at by for from in of on or the to with",
    "fr": "au aux dans de des du en et la le les ou par pour sur un une",
    "de": "am auf aus bei das dem den der die ein eine einer für im in mit nach oder und vom von zu zum zur",
    "el": "από για ή η και με ο οι σε στα στη στην στις στο στον στους τα της τη την τις το τον του τους των",
    "it": "a ai al alla alle con da dal dalla dei del della delle di e gli i il in la le lo nel nella o per un una",
    "pl": "a i dla do na o od oraz po w we z za ze",
    "es": "al con de del e el en la las los o para por un una y",
}
FUNCTION_WORDS = frozenset(" ".join(BY_LANGUAGE.values()).split())

QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"') | dict.fromkeys("−–—", "-"))
# An article or preposition that has lost its vowel: l'accueil, dell'accoglienza.
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|(?:d|n|s)?all|dell|nell|sull|coll|un|quest|dall)['’](?=\w)", re.I)
PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True)
class Part:
    """A word, or several that have to stand next to each other: in quotes, or joined by a hyphen.

    `words` are in lower case, accents and all; `folded` are the same without accents.
    """

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False

    def __str__(self):
        """The part as one would type it."""
        words = " ".join(self.words)
        return ("-" if self.is_excluded else "") + (f'"{words}"' if len(self.words) > 1 else words)

    @property
    def folded(self):
        return tuple(map(without_marks, self.words))

    @property
    def is_function_word(self):
        return not self.is_phrase and len(self.words) == 1 and self.words[0] in FUNCTION_WORDS


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
    def sought(self):
        """The parts that have to be found: articles and the like only if there is nothing else."""
        return [part for part in self.wanted if not part.is_function_word] or self.wanted

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
        room = MOST_WORDS - number
        if len(part.words) > room:
            # A beginning finds more than the whole, so it is looked for, but never excluded.
            if part.is_excluded or not room:
                rest = kept[match.start() : match.end()]
            else:
                rest = " ".join(part.words[room:])
                parts.append(replace(part, words=part.words[:room]))
            left_out = " ".join(f"{rest} {kept[match.end() :]} {left_out}".split())
            break
        number += len(part.words)
        parts.append(part)
    return Query(kept, tuple(parts), left_out[:MOST_CHARACTERS])


def read(match):
    if match["phrase"] is not None:
        return Part(words_of(match["phrase"]), True, bool(match["minus"]))
    return Part(words_of(ELISION.sub("", match["plain"])), False, bool(match["minus"]))


def words_of(text):
    """The words of what was typed; an accent alone is none."""
    return tuple(word for word in words.words(text) if without_marks(word))
