"""An entry on the desk: its texts with their originals, what is typed beside them, and what becomes of it."""

import re
from collections import defaultdict
from typing import NamedTuple

from django import forms
from django.contrib.admin import site
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.formats import number
from publishing.kinds import desk_kinds, parts_of
from publishing.languages import LANGUAGES, in_language
from publishing.models import Translation
from publishing.text import TAGS
from publishing.translations import digest, save_texts
from translating import differences
from translating.coverage import TO_DO
from translating.glossary import occurring

State = Translation.State
TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
LONG_LINE = 120  # characters; a text that may be longer is written in several lines, though it is one


class Version(NamedTuple):
    """The digests of an original and its translation, as a person saw them."""

    original: str
    translation: str

    @classmethod
    def parse(cls, value):
        original, _dash, translation = value.partition("-")
        return cls(original, translation)

    def __str__(self):
        return f"{self.original}-{self.translation}"


class DeskText:
    """One text of an entry: a field of the entry or of one of its parts, its original and its translation."""

    def __init__(self, row, record, field, place=0):
        self.row = row
        self.record = record
        self.field = field
        self.place = place  # that of a part among its like, from 1
        self.conflict = None
        self.was_saved = False

    @property
    def key(self):
        """The name of the text in the form and in files: "approaches.approach:12:summary"."""
        return f"{self.row.kind}:{self.row.record}:{self.row.field}"

    @property
    def id(self):
        return f"text-{self.key}"

    @property
    def is_to_do(self):
        return self.row.state in TO_DO

    @property
    def label(self):
        if not self.place:
            return capfirst(self.field.label)
        kind = desk_kinds()[self.row.kind]
        part = f"{capfirst(kind.name)} {self.place}"
        return part if len(kind.field_names) == 1 else f"{part} – {self.field.label}"

    @property
    def original_language(self):
        return self.record.original_language

    def text_in(self, language):
        return getattr(self.record, in_language(self.row.field, language)) or ""

    @property
    def original(self):
        return self.text_in(self.original_language)

    @property
    def translation(self):
        return self.text_in(self.row.language)

    @property
    def version(self):
        return Version(digest(self.original), digest(self.translation))

    # What the page shows

    @property
    def original_shown(self):
        return differences.shown(self.original, self.field.is_rich)

    @property
    def former(self):
        """The original that an outdated translation was made from."""
        return self.row.rests_on.text if self.row.rests_on else None

    @property
    def changes_shown(self):
        """The original with what has changed since it was translated; None where nothing is known of it."""
        if self.former is None:
            return None
        return differences.marked(self.former, self.original, self.field.is_rich)

    @property
    def terms(self):
        return occurring(self.original, self.original_language, self.row.language)

    @property
    def others(self):
        """The text in further languages: pairs of a language and HTML."""
        here = {self.original_language, self.row.language}
        return [
            (language, differences.shown(self.text_in(language), self.field.is_rich))
            for language in LANGUAGES
            if language not in here and self.text_in(language)
        ]

    @property
    def theirs_shown(self):
        """What somebody else made of the text meanwhile, compared with what is typed."""
        return differences.marked(self.conflict.ours, self.conflict.theirs, self.field.is_rich)

    # What is typed

    def form_field(self):
        """The field in which the translation is written: that of the admin's forms."""
        field = self.record._meta.get_field(self.row.field).formfield(widget=AdminTextareaWidget)
        if not self.field.is_long:
            field = Line(max_length=self.field.max_length)
        field.required = False
        field.label = self.label
        field.initial = self.translation
        field.widget.attrs["lang"] = self.row.language
        field.help_text = ""
        if length := self.field.max_length:
            field.help_text = _("At most %(number)s characters.") % {"number": number(length)}
            field.widget.attrs["data-limit"] = length
        return field

    def is_changed(self, form):
        """Whether the person has typed something else than they were shown."""
        typed = form.cleaned_data[self.key]
        if self.seen(form).translation == self.version.translation:
            return typed != form.fields[self.key].clean(self.translation)
        return digest(typed) not in (self.seen(form).translation, self.version.translation)

    def seen(self, form):
        """What the person saw: when the page was made or, if they keep their own text in a conflict, in that."""
        keeps = self.choice(form) == "mine"
        return Version.parse(form.data.get(f"{'fresh' if keeps else 'seen'}:{self.key}", ""))

    def bind(self, form):
        """Note for the page what is in the field, and which version the person was shown when they began to type."""
        self.bound = form[self.key]
        self.shown = self.version
        if form.is_bound and not self.was_saved:
            self.shown = Version.parse(form.data.get(f"seen:{self.key}", ""))

    def choice(self, form):
        """How the person settles a conflict: "mine", "theirs", or not yet."""
        return form.data.get(f"choice:{self.key}", "")


class Line(forms.CharField):
    """A text of one line; a long one has a field in which it can be read."""

    def __init__(self, *, max_length):
        widget = forms.Textarea(attrs={"rows": 3}) if max_length > LONG_LINE else AdminTextInputWidget()
        super().__init__(max_length=max_length, widget=widget)

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class TextsForm(forms.Form):
    """The translations of an entry, by the keys of its texts."""

    def __init__(self, texts, data=None):
        super().__init__(data, auto_id="text-%s")
        self.texts = texts
        for text in texts:
            self.fields[text.key] = text.form_field()

    def clean(self):
        for text in self.texts:
            if text.field.is_rich and (tags := foreign_tags(self.data.get(text.key, ""))):
                message = _("This markup is not allowed here: %(tags)s.")
                self.add_error(text.key, message % {"tags": ", ".join(f"<{tag}>" for tag in tags)})
        return self.cleaned_data


def foreign_tags(markup):
    """The tags that rich text may not have, in their order."""
    return [tag for tag in dict.fromkeys(map(str.lower, TAG.findall(markup))) if tag not in TAGS]


class Entry:
    """An entry that is translated into a language.

    Raises Http404 where there is no such record, or nothing in it to be translated into the language.
    """

    def __init__(self, kind, pk, language):
        self.kind = kind
        self.language = language
        self.pk = pk
        self.texts = self.find_texts()
        if not self.texts:
            raise Http404

    def find_texts(self):
        """Its texts as they are now, in the order of the form: its own fields, then those of its parts."""
        self.record = get_object_or_404(self.kind.model._base_manager, pk=self.pk)
        rows = Translation.objects.filter(
            entry_kind=self.kind.label, entry=self.pk, language=self.language
        ).select_related("rests_on", "translated_by", "approved_by")
        by_kind = defaultdict(dict)
        for row in rows:
            by_kind[row.kind][row.record, row.field] = row
        return [
            DeskText(row, record, field, place if kind is not self.kind else 0)
            for kind in (self.kind, *parts_of(self.kind.label))
            for place, record in enumerate(self.records_of(kind, by_kind[kind.label]), 1)
            for field in kind.fields
            if (row := by_kind[kind.label].get((record.pk, field.name)))
        ]

    def records_of(self, kind, rows):
        """The records of a kind that have such texts, in their own order."""
        if kind is self.kind:
            return [self.record]
        return kind.model.objects.filter(pk__in={record for record, _field in rows}) if rows else []

    @property
    def form_address(self):
        return reverse(self.kind.admin_name, args=[self.pk]) if site.is_registered(self.kind.model) else ""

    @property
    def public_address(self):
        """Where readers see it, if they do."""
        is_public = getattr(self.record, "is_public", lambda: True)
        return (
            self.record.get_absolute_url() if hasattr(self.record, "get_absolute_url") and is_public() else ""
        )

    @cached_property
    def groups(self):
        """Lists of texts with the name of their kind: those of the entry, then those of each kind of part."""
        groups = {}
        for text in self.texts:
            groups.setdefault(text.row.kind, []).append(text)
        return [(desk_kinds()[kind].plural, texts) for kind, texts in groups.items()]

    @property
    def to_do(self):
        """The texts that ask for work."""
        return [text for text in self.texts if text.is_to_do]

    def bind(self, form):
        """Make the texts ready for the page: as they are now, with what was typed."""
        if form.is_bound:
            now = {text.key: text for text in self.find_texts()}
            for text in self.texts:
                if fresh := now.get(text.key):
                    text.row, text.record = fresh.row, fresh.record
        for text in self.texts:
            text.bind(form)

    @property
    def has_gaps(self):
        """Whether a machine could write one of its texts: one that is missing, or was its own."""
        return any(
            text.row.state == State.MISSING or (text.row.state == State.OUTDATED and text.row.is_machine)
            for text in self.texts
        )

    def find(self, key):
        """The text of that key, or None."""
        return next((text for text in self.texts if text.key == key), None)

    def save(self, form, user):
        """Write what was typed into a valid form; the number of texts written. What conflicts is marked, not written."""
        changed = defaultdict(list)
        for text in self.texts:
            if text.choice(form) != "theirs" and text.is_changed(form):
                changed[text.record].append(text)
        return sum(self.save_record(record, texts, form, user) for record, texts in changed.items())

    def save_record(self, record, texts, form, user):
        """Write texts of one record; those that conflict are left, and the others written without them."""
        typed = {text.row.field: form.cleaned_data[text.key] for text in texts}
        seen = {text.row.field: text.seen(form) for text in texts}
        conflicts = {each.field: each for each in save_texts(record, self.language, typed, user, seen)}
        others = {field: typed[field] for field in typed if field not in conflicts}
        if conflicts and others:
            conflicts |= {each.field: each for each in save_texts(record, self.language, others, user, seen)}
        for text in texts:
            text.conflict = conflicts.get(text.row.field)
            text.was_saved = text.conflict is None
        return sum(text.was_saved for text in texts)

    def make_valid(self, text, form, user, verb):
        """Confirm or approve a text as it is (`verb`); why that cannot be, as a sentence, or nothing."""
        if not form.is_valid() or text.is_changed(form):
            return _("You have changed this text. Save it; then it is up to date.")
        seen = text.seen(form)
        if seen != text.version or verb([text.row], user, {text.row.pk: seen}):
            return _("This text or its original has changed meanwhile. Nothing was noted; look at it again.")
        return ""
