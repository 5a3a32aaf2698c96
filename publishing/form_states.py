"""The states of translations as lists and forms of the admin show them."""

from collections import Counter
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from publishing.formats import language_name, number
from publishing.languages import LANGUAGES, in_language
from publishing.models import Translation

State = Translation.State

# What there is to do comes first.
ORDER = [State.OUTDATED, State.MISSING, State.MACHINE, State.CURRENT]


class LanguageStates(NamedTuple):
    """How far the texts of an entry are in one language."""

    language: str
    counts: dict  # how many texts are in each state, those to do something about first
    address: str  # of the entry on the translators' desk; empty for somebody who may not write there

    @property
    def name(self):
        return language_name(self.language)

    @property
    def worst(self):
        return next(iter(self.counts))

    @property
    def shown(self):
        """Each state with its number; that all is up to date needs none."""
        if self.worst == State.CURRENT:
            return State.CURRENT.label
        return ", ".join(f"{State(state).label}: {number(count)}" for state, count in self.counts.items())


def states_of_entry(record):
    """The rows of an entry and its parts: (kind, record, field, language, state)."""
    rows = Translation.objects.filter(entry_kind=record._meta.label_lower, entry=record.pk)
    return list(rows.values_list("kind", "record", "field", "language", "state"))


def by_language(record, rows, languages):
    """The states of each language of an entry, with the way to the desk for those of `languages`."""
    counts = {language: Counter() for language in LANGUAGES}
    for _kind, _record, _field, language, state in rows:
        counts[language][state] += 1
    return [
        LanguageStates(
            language,
            in_order(counts[language]),
            desk_address(record, language) if language in languages else "",
        )
        for language in LANGUAGES
        if counts[language]
    ]


def in_order(counts):
    to_do = {state: counts[state] for state in ORDER if counts[state] and state != State.CURRENT}
    return to_do or {State.CURRENT: counts[State.CURRENT]}


def desk_address(record, language):
    return reverse("translating:entry", args=[language, record._meta.label_lower, record.pk])


def by_field(forms, rows):
    """The state of each field by its id in the page: {"id_takeaways-0-text_de": "outdated"}; originals as well."""
    states = {
        (kind, record, in_language(field, language)): state for kind, record, field, language, state in rows
    }
    shown = {}
    for form in forms:
        place = form.instance._meta.label_lower, form.instance.pk
        original = getattr(form.instance, "original_language", "")
        for name in form.fields:
            if state := states.get((*place, name)):
                shown[form[name].auto_id] = state
            elif name.endswith(f"_{original}") and hasattr(
                form.instance._meta.get_field(name), "translated_field"
            ):
                shown[form[name].auto_id] = "original"
    return shown


def states_of_list(model, records):
    """For each record of a list: the languages in which it has text, with their states."""
    rows = Translation.objects.filter(
        entry_kind=model._meta.label_lower, entry__in=[record.pk for record in records]
    ).values_list("entry", "language", "state")
    counts = {}
    for entry, language, state in rows:
        counts.setdefault(entry, {}).setdefault(language, Counter())[state] += 1
    return {
        entry: [
            LanguageStates(language, in_order(of_entry[language]), "")
            for language in LANGUAGES
            if language in of_entry and set(of_entry[language]) != {State.MISSING}
        ]
        for entry, of_entry in counts.items()
    }


def as_marks(original, states):
    """A cell of a list: the original language, those that are up to date, and the others with what is to be done."""
    done = " ".join([original, *(each.language for each in states if each.worst == State.CURRENT)])
    to_do = format_html_join(
        "",
        ' <span class="state state--{}">{} {}</span>',
        [(each.worst, each.language, each.shown) for each in states if each.worst != State.CURRENT],
    )
    return format_html("{}{}", done, to_do)
