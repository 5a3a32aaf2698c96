"""Machine translation as a plug: the setting MACHINE_TRANSLATION names a Translator, or none.

What a machine writes says so to readers until a named person has approved it. It fills what is missing and renews what
it wrote itself; what a person wrote it leaves alone.
"""

import re
from abc import ABC, abstractmethod
from functools import cache
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from publishing.formats import language_name
from publishing.kinds import text_field
from publishing.models import Translation
from publishing.translations import digest, save_texts, text_in
from translating import glossary
from translating.exports import records_of
from translating.files import inline

State = Translation.State

# Where something is filled in when the page is shown: {operator}. It stays as it is.
PLACE = re.compile(r"(\{\w+\})")
LETTER = re.compile(r"[^\W\d_]")
# Not after a letter that stands alone, as in "e.g."; before a capital letter, a sign that opens, or a digit.
SENTENCE_END = re.compile(r"(?<!\W[^\W\d_]\.)(?<=[.!?…;])\s+(?=[^\W\d_a-zà-öø-ÿα-ωά-ώ]|[«„“¿¡\"(])")


class Unavailable(Exception):
    """Why nothing can be translated, in a sentence."""


class Translator(ABC):
    """What a machine has to offer. To use another one, name its class in MACHINE_TRANSLATION."""

    @abstractmethod
    def available(self, source, target):
        """Whether it translates from one language into another (codes). Raises Unavailable if it cannot work at all."""

    @abstractmethod
    def translate(self, texts, source, target):
        """The plain texts (a list) in the other language, in their order; only asked for what is available."""


class Argos(Translator):
    """Argos Translate, which runs on this machine without a network once its package and its models are installed."""

    def available(self, source, target):
        return argos(source, target) is not None

    def translate(self, texts, source, target):
        translation = argos(source, target)
        return [translation.translate(text) for text in texts]


@cache
def argos(source, target):
    """The package's translation from one language into another, or None. Raises Unavailable without the package."""
    try:
        from argostranslate import translate
    except ImportError:
        raise Unavailable(_("The package “argostranslate” is not installed.")) from None
    languages = {language.code: language for language in translate.get_installed_languages()}
    if source not in languages or target not in languages:
        return None
    translation = languages[source].get_translation(languages[target])
    split_here(translation)
    return translation


def split_here(translation):
    """Let a translation find sentences by our own rule: the package would fetch a model for that from the network.

    It may be made of others: one that remembers, two that go by way of a third language.
    """
    if hasattr(translation, "sentencizer"):
        translation.sentencizer = Sentences()
    for name in ("underlying", "t1", "t2"):
        if part := getattr(translation, name, None):
            split_here(part)


class Sentences:
    """Divides a text into sentences, for Argos Translate."""

    def split_sentences(self, text):
        return SENTENCE_END.split(text)


def translator():
    """The Translator of this site, or None where machine translation is off."""
    return translator_at(settings.MACHINE_TRANSLATION) if settings.MACHINE_TRANSLATION else None


@cache
def translator_at(path):
    try:
        return import_string(path)()
    except ImportError as error:
        raise ImproperlyConfigured(f"MACHINE_TRANSLATION names what cannot be found: {error}") from error


# Texts


def translated(texts, source, target):
    """Texts, given as pairs (text, whether it is rich), in another language.

    Tags and places to be filled in stay; a text that is a term of the glossary becomes the glossary's word.
    """
    taken_apart = [pieces_of(text, is_rich) for text, is_rich in texts]
    words = list(
        dict.fromkeys(piece.value.strip() for pieces in taken_apart for piece in pieces if has_words(piece))
    )
    known = {text: term for text in words if (term := term_for(text, source, target))}
    unknown = [text for text in words if text not in known]
    known |= zip(unknown, translator().translate(unknown, source, target), strict=True)
    return [
        put_together([translated_piece(piece, known) for piece in pieces], is_rich)
        for pieces, (_text, is_rich) in zip(taken_apart, texts, strict=True)
    ]


def pieces_of(text, is_rich):
    """The pieces of a text, with each place to be filled in as a piece of its own."""
    pieces = inline.pieces(text) if is_rich else [inline.Piece(inline.TEXT, text)]
    return [
        inline.Piece(piece.kind, part)
        for piece in pieces
        for part in (PLACE.split(piece.value) if piece.kind == inline.TEXT else [piece.value])
    ]


def has_words(piece):
    return piece.kind == inline.TEXT and not PLACE.fullmatch(piece.value) and LETTER.search(piece.value)


def term_for(text, source, target):
    """The glossary's word for a text that is nothing but one of its terms."""
    terms = glossary.occurring(text, source, target)
    return terms[0].translation if len(terms) == 1 and terms[0].original.lower() == text.lower() else None


def translated_piece(piece, known):
    if not has_words(piece):
        return piece
    words = piece.value.strip()
    before, after = piece.value.split(words, 1)
    return inline.Piece(piece.kind, before + known[words].strip() + after)


def put_together(pieces, is_rich):
    return inline.join(pieces) if is_rich else "".join(piece.value for piece in pieces)


# Records


def waiting(language):
    """The states of the texts that a machine may write in a language: what is missing, and what it wrote before."""
    return Translation.objects.filter(
        Q(state=State.MISSING) | Q(state=State.OUTDATED, is_machine=True), language=language
    ).order_by("entry_kind", "entry", "kind", "record")


class Writing(NamedTuple):
    """What the machine has done: the number of texts written and left for later, and why others could not be."""

    written: int
    left: int
    problems: list


def write(states, user=None, seconds=None):
    """Let the machine write the texts of these states of one language: a Writing.

    After so many seconds it begins with no further record. Without a person no rights are asked for.

    Raises Unavailable if the machine does not know the languages, and PermissionDenied for a language that is not the
    person's.
    """
    states = list(states)
    records = records_of(states)
    end = monotonic() + seconds if seconds else None
    written, done, problems = 0, 0, []
    for place, of_record in by_record(states).items():
        if end and monotonic() > end:
            break
        done += len(of_record)
        if place in records:
            try:
                written += write_record(records[place], of_record, user)
            except ValidationError as error:
                problems += [f"{records[place]}: {message}" for message in error.messages]
    return Writing(written, len(states) - done, problems)


def by_record(states):
    groups = {}
    for state in states:
        groups.setdefault((state.kind, state.record), []).append(state)
    return groups


def write_record(record, states, user):
    """Translate texts of a record and save them; their number. What somebody changes meanwhile stays."""
    source, language = record.original_language, states[0].language
    if not translator().available(source, language):
        raise Unavailable(
            _("The machine does not translate from %(source)s into %(target)s.")
            % {"source": language_name(source), "target": language_name(language)}
        )
    fields = [state.field for state in states]
    originals = {field: text_in(record, field, source) for field in fields}
    rich = {field: text_field(type(record), field).is_rich for field in fields}
    seen = {field: (digest(originals[field]), digest(text_in(record, field, language))) for field in fields}
    texts = translated([(originals[field], rich[field]) for field in fields], source, language)
    conflicts = save_texts(
        record, language, dict(zip(fields, texts, strict=True)), user, seen=seen, machine=True
    )
    return 0 if conflicts else len(fields)
