"""Translated text: in which language a text is shown, and in which languages a record exists.

Text that a language lacks is shown in the first language that has it, and says so: every value leaves here together
with the code of its language.
"""

from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Func, TextField
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


class LocalizedField(TextField):
    """What a `Localized` expression gives: a Text."""

    def from_db_value(self, value, expression, connection):
        return as_text(value)


def as_text(value):
    """The Text that a `Localized` expression spells as one string, its language first: "plPolska"."""
    return Text(value[2:], value[:2]) if value else None


class Localized(Func):
    """A translated field in a query: its text in the reader's language or the first that has it, as a Text.

    One COALESCE over the columns, each with its language put before it: text and language arrive in one value, for
    half the work of asking for both. The field can be at the end of a relation: Localized("country__name").
    """

    def __init__(self, field):
        self.languages = reading_order()
        super().__init__(
            *(F(in_language(field, language)) for language in self.languages), output_field=LocalizedField()
        )

    def as_sql(self, compiler, connection, **extra):
        columns = [compiler.compile(column) for column in self.source_expressions]
        choices = [
            f"'{language}' || {sql}" for language, (sql, _params) in zip(self.languages, columns, strict=True)
        ]
        return f"COALESCE({', '.join(choices)})", [param for _sql, params in columns for param in params]


def texts(**fields):
    """Columns for a list: texts(title="title", country="country__name")."""
    return {name: Localized(field) for name, field in fields.items()}


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
