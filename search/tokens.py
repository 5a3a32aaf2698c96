"""Words as the index knows them: tokens of a–z and 0–9, which every database takes apart in the same way.

A text leaves the folded form of each word, in their order, and the stem of each, marked with its language: "uchodzc7pl".
So stems of different languages never meet: the Italian "cittadin" is nobody else's.
"""

from publishing import words
from publishing.languages import LANGUAGES
from publishing.sorting import without_marks


def folded(word):
    """The token of a word itself, whatever its language."""
    return spelled(without_marks(word))


def stemmed(word, language):
    """The token of the stem of a lower-case word in a language: stemmed("uchodźców", "pl") gives "uchodzc7pl"."""
    return f"{spelled(words.stem(word, language))}7{language}"


def spelled(word):
    """A folded word with a–z and 0–9 only; a Greek letter becomes two characters, any other one several."""
    if word.isascii() and word.isalnum():
        return word
    return "".join(letter if letter.isascii() and letter.isalnum() else code(letter) for letter in word)


def code(letter):
    number = ord(letter) - ord("α")
    return f"0{chr(ord('a') + number)}" if 0 <= number < 25 else f"0z{ord(letter):x}z"


def of_text(word, language):
    """The tokens that a word of a text in a language has in the index; those of a name without a language: None."""
    return {folded(word)} | ({stemmed(word, language)} if language else set())


def sought(word):
    """The tokens of which one has to be there for a word that was typed: the word, or its stem in any language."""
    return {folded(word)} | {stemmed(word, language) for language in LANGUAGES}
