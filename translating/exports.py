"""From the site into files for translators: which texts, in which order, and what a translator has to know of each."""

import zipfile
from io import BytesIO
from itertools import groupby
from operator import attrgetter

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from publishing.formats import number
from publishing.kinds import desk_kinds, text_field
from publishing.models import Translation
from publishing.translations import digest, text_in
from translating import files, glossary, names
from translating.files.units import MOST_UNITS, Unit
from translating.worklist import TO_DO


class TooMany(ValueError):
    """More texts than a file may have; says so in a sentence."""


def units_of(language, entries, only_to_do=True):
    """The texts of entries in one language as units, in the order of the entries, which are pairs (kind, key).

    Raises TooMany.
    """
    states = states_of(language, entries, only_to_do)
    if len(states) > MOST_UNITS:
        raise TooMany(
            _("These are more than 20,000 texts, too many for one file. Choose a kind or a country first.")
        )
    records = records_of(states)
    states = [state for state in states if (state.kind, state.record) in records]
    states.sort(key=Order(entries, records))
    facts = names.facts_of({(state.entry_kind, state.entry) for state in states}, desk_kinds())
    return [
        unit_of(state, records[state.kind, state.record], facts.get((state.entry_kind, state.entry), {}))
        for state in states
    ]


def states_of(language, entries, only_to_do):
    """The states of the texts of entries in a language."""
    keys = {}
    for kind, entry in entries:
        keys.setdefault(kind, []).append(entry)
    if not keys:
        return []
    places = Q()
    for kind, of_kind in keys.items():
        places |= Q(entry_kind=kind, entry__in=of_kind)
    states = Translation.objects.filter(places, language=language)
    return list(states.filter(state__in=TO_DO) if only_to_do else states)


class Order:
    """The order of texts in a file: as the entries come, each before its parts, their fields as in the form."""

    def __init__(self, entries, records):
        self.entries = {entry: place for place, entry in enumerate(entries)}
        self.records = records
        self.kinds = {label: place for place, label in enumerate(desk_kinds())}
        self.fields = {label: kind.field_names for label, kind in desk_kinds().items()}

    def __call__(self, state):
        record = self.records[state.kind, state.record]
        return (
            self.entries[state.entry_kind, state.entry],
            bool(record.part_of),
            self.kinds[state.kind],
            getattr(record, "position", 0),
            record.pk,
            self.fields[state.kind].index(state.field),
        )


def records_of(texts):
    """The records of texts (states or units), by kind and key."""
    keys = {}
    for text in texts:
        keys.setdefault(text.kind, set()).add(text.record)
    return {
        (kind, key): record
        for kind, wanted in keys.items()
        for key, record in desk_kinds()[kind].model._base_manager.in_bulk(wanted).items()
    }


def unit_of(state, record, facts):
    """The unit of a text; `facts` are those of `names.facts_of` about its entry."""
    kind = desk_kinds()[state.kind]
    field = text_field(kind.model, state.field)
    original = text_in(record, state.field, record.original_language)
    translation = text_in(record, state.field, state.language)
    return Unit(
        state.kind,
        state.record,
        state.field,
        record.original_language,
        state.language,
        original,
        translation,
        state=state.state,
        is_rich=field.is_rich,
        version=f"{digest(original)}-{digest(translation)}",
        entry=str(facts.get("name") or ""),
        notes=notes_on(kind, field, original, record.original_language, state.language),
        max_length=field.max_length,
    )


def notes_on(kind, field, original, source_language, language):
    """What a translator has to know of a text: what it is, how long it may be, the glossary's words."""
    notes = [f"{capfirst(kind.name)}: {field.label}"]
    if field.max_length:
        notes.append(_("At most %(count)s characters.") % {"count": number(field.max_length)})
    terms = glossary.occurring(original, source_language, language)
    return notes + [f"{term.original} → {term.translation}" for term in terms]


def file_of(units, format_name, language):
    """Name, media type and content of the file of units.

    XLIFF has one original language; where texts have several, there is a file for each in an archive.
    """
    _label, ending, media_type, _writer = files.FORMATS[format_name]
    name = f"moving-cities-{language}-{localdate():%Y-%m-%d}-{len(units)}"
    by_source = {
        source: list(of_source)
        for source, of_source in groupby(
            sorted(units, key=attrgetter("source_language")), key=attrgetter("source_language")
        )
    }
    if format_name == "csv" or len(by_source) == 1:
        return f"{name}.{ending}", media_type, files.write(units, format_name)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, of_source in by_source.items():
            archive.writestr(f"{name}-from-{source}.{ending}", files.write(of_source, format_name))
    return f"{name}.zip", "application/zip", out.getvalue()
