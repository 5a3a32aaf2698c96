"""Translated text: in which language a text is shown, and in which languages a record exists.

Text that a language lacks is shown in the first language that has it, and says so: every value leaves here together
with the code of its language.
"""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

# Each language by its own name, as the language switch shows it.
OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "it": "Italiano",
    "pl": "Polski",
    "es": "Español",
}


class Text(NamedTuple):
    """A text and the language it is written in."""

    value: str
    language: str

    def __str__(self):
        return self.value


def current_language():
    """The language of the page; English where none is active."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in LANGUAGES else settings.LANGUAGE_CODE


def reading_order(language=None):
    """The languages in which a text is looked for: the reader's own, then the others in their fixed order."""
    language = language or current_language()
    return (language, *(code for code in LANGUAGES if code != language))


def in_language(name, language):
    """The column of a translated field in one language, also at the end of a relation: "country__name_pl"."""
    return build_localized_fieldname(name, language)


def text_of(record, field):
    """The record's text in the reader's language, or in the first one that has it: a Text, or None."""
    for language in reading_order():
        if value := getattr(record, in_language(field, language)):
            return Text(value, language)
    return None


def localized(field):
    """The same for a query: the text of a translated field as a database expression."""
    return Coalesce(*(F(in_language(field, language)) for language in reading_order()))


def localized_language(field):
    """The language of the text that `localized` finds; NULL where there is none."""
    return Case(
        *(
            When(**{f"{in_language(field, language)}__isnull": False}, then=Value(language))
            for language in reading_order()
        ),
        default=None,
        output_field=CharField(),
    )


def both(**fields):
    """Expressions for texts with their languages: both(title="title") gives title and title_language."""
    expressions = {}
    for name, field in fields.items():
        expressions[name] = localized(field)
        expressions[f"{name}_language"] = localized_language(field)
    return expressions


def translated_fields(model):
    """The names of the fields of a model that people translate, in the order of the model."""
    registered = translator.get_options_for_model(model).get_field_names()
    return [field.name for field in model._meta.get_fields() if field.name in registered and field.editable]


def coverage(record):
    """The share of a record's English text that each language has: {"de": 0.5, …}."""
    fields = translated_fields(type(record))
    written = [field for field in fields if getattr(record, in_language(field, "en"))]
    return {
        language: sum(bool(getattr(record, in_language(field, language))) for field in written)
        / max(len(written), 1)
        for language in LANGUAGES
    }
