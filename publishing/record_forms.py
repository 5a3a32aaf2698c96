"""The forms of records and of their rows: texts in any language, rights, and two people on one record."""

import json
from datetime import datetime
from decimal import Decimal

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.fields import RichTextField
from publishing.languages import current_language, in_language
from publishing.text import without_tags
from publishing.translations import digest


class LanguageForm(forms.ModelForm):
    """A form in which translators write the texts of their languages; all else they see, but cannot change."""

    # The languages in which the person may write; None for an editor, who may change everything.
    languages = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.languages is not None:
            for name, field in self.fields.items():
                field.disabled = not self.is_translation(name)

    def is_translation(self, name):
        """Whether a field is a translation into one of the person's languages; an original never is."""
        column = {field.name: field for field in self._meta.model._meta.fields}.get(name)
        if not hasattr(column, "translated_field") or not self.instance.pk:
            return False
        original = in_language(column.translated_field.name, self.instance.original_language)
        return (
            column.language in self.languages and name != original and bool(getattr(self.instance, original))
        )


class MarksField(forms.CharField):
    """What a form was opened with; nothing that a person changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class CarefulForm(LanguageForm):
    """A form that overwrites nothing that somebody else has written since it was opened.

    It carries a mark of each value that it was opened with. A value that has changed meanwhile is taken over where
    the person has left it alone; where both have changed it, nothing is saved: both versions are shown, and the
    person says which one is to stay.
    """

    opened_with = MarksField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_with"].disabled = False
        # A new record has been changed by nobody.
        self.stored = {name: self.stored_value(name) for name in self.guarded()} if self.instance.pk else {}
        self.initial["opened_with"] = json.dumps(
            {name: mark_of(value) for name, value in self.stored.items()}
        )

    def guarded(self):
        """The fields of the form that are columns or links of the record, and that can be changed."""
        options = self._meta.model._meta
        columns = {field.name for field in (*options.fields, *options.many_to_many)}
        return [
            name
            for name, field in self.fields.items()
            if name in columns and not field.disabled and not isinstance(field, InlineForeignKeyField)
        ]

    def stored_value(self, name):
        """What the database holds, as the form would hold it after cleaning."""
        field = self._meta.model._meta.get_field(name)
        return getattr(self.instance, name) if field.many_to_one else field.value_from_object(self.instance)

    def _clean_form(self):
        super()._clean_form()
        marks = self.marks()
        for name, value in self.stored.items():
            if name in self.cleaned_data and marks.get(name, mark_of(value)) != mark_of(value):
                self.reconcile(name, marks[name])

    def marks(self):
        """The marks of the values that the form was opened with, by field."""
        try:
            marks = json.loads(self.cleaned_data.get("opened_with") or "{}")
        except ValueError:
            return {}
        return marks if isinstance(marks, dict) else {}

    def reconcile(self, name, opened_with):
        """Bring a value that has changed meanwhile together with the one that was sent."""
        theirs, ours = self.stored[name], self.cleaned_data[name]
        choice = self.data.get(self.choice_name(name))
        if mark_of(ours) == mark_of(theirs) or choice == f"ours {mark_of(theirs)}":
            return
        if mark_of(ours) == opened_with or choice == f"theirs {mark_of(theirs)}":
            self.cleaned_data[name] = theirs
        else:
            self.add_error(name, self.both_versions(name, theirs, ours))

    def choice_name(self, name):
        return self.add_prefix(f"{name}-version")

    def both_versions(self, name, theirs, ours):
        """What is said where two people have written at the same time, with the choice between their versions."""
        versions = format_html_join(
            "",
            # No label element: the language tabs would give it the name of the field.
            '<span class="versions__one"><input type="radio" name="{0}" value="{1} {2}" aria-labelledby="{0}-{1}">'
            '<span id="{0}-{1}"> {3}</span><span class="versions__text">{4}</span></span>',
            [
                (self.choice_name(name), choice, mark_of(theirs), label, self.shown(name, value))
                for choice, label, value in [
                    ("theirs", _("Keep what is saved now"), theirs),
                    ("ours", _("Save your version instead"), ours),
                ]
            ],
        )
        return format_html('{}<span class="versions">{}</span>', self.who_changed(), versions)

    def who_changed(self):
        entry = self.instance
        if getattr(entry, "part_of", ""):
            entry = getattr(entry, entry.part_of)
        last = (
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(entry), object_id=str(entry.pk)
            )
            .select_related("user")
            .first()
        )
        if not last:
            return gettext("Somebody has changed this while you were writing. Nothing is saved yet.")
        return gettext("%(name)s has changed this while you were writing. Nothing is saved yet.") % {
            "name": last.user.get_full_name() or last.user.get_username()
        }

    def shown(self, name, value):
        """A value in words; the text of rich text without its markup."""
        field = self._meta.model._meta.get_field(name)
        if isinstance(field, RichTextField):
            value = without_tags(value or "")
        elif field.many_to_many:
            value = ", ".join(map(str, value))
        elif field.choices:
            value = dict(field.flatchoices).get(value, value)
        return "–" if value in (None, "") else str(value)


def mark_of(value):
    """A short mark of a value of a form, the same before and after the form has been sent."""
    if isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, (list, models.QuerySet)):
        value = sorted(item.pk for item in value)
    elif isinstance(value, datetime):
        value = int(value.timestamp())  # a form knows no fractions of a second
    elif isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    elif isinstance(value, str) and not strip_tags(value).strip():
        value = None  # the rich-text editor leaves an empty paragraph behind
    return digest("" if value is None else str(value))


class RecordForm(CarefulForm):
    """A form in which a required text may be in any language, and a broken rule shows beside the field it is about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for columns in self.translated().values():
            for column in columns:
                self.fields[column].required = False

    def translated(self):
        """The form's columns of each translated field."""
        columns = {}
        for field in self._meta.model._meta.fields:
            if hasattr(field, "translated_field") and field.name in self.fields:
                columns.setdefault(field.translated_field, []).append(field.name)
        return columns

    def clean(self):
        super().clean()
        for field, columns in self.translated().items():
            for column in columns:
                # A text that is missing is NULL; the editor leaves an empty paragraph behind.
                if not strip_tags(self.cleaned_data.get(column) or "").strip():
                    self.cleaned_data[column] = None
            unwritten = not any(self.cleaned_data[column] for column in columns)
            if unwritten and not field.blank and not self.errors.keys() & set(columns):
                column = in_language(field.name, current_language())
                self.add_error(column, gettext("Write this text in at least one language."))
        return self.cleaned_data

    def _update_errors(self, errors):
        """Put what breaks a rule of the database beside the last field that the rule is about."""
        places = {
            rule.get_violation_error_message(): self.place_of(rule)
            for rule in self.instance._meta.constraints
        }
        found = errors.update_error_dict({})
        for error in found.pop(NON_FIELD_ERRORS, []):
            found.setdefault(places.get(error.message) or NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(ValidationError(found))

    def place_of(self, constraint):
        """The last field of the form that a constraint is about, if there is one."""
        condition = getattr(constraint, "condition", None)
        about = getattr(constraint, "fields", ()) or getattr(condition, "referenced_base_fields", ())
        shown = [
            name
            for name, field in self.fields.items()
            if name in about and not isinstance(field, InlineForeignKeyField)
        ]
        return shown[-1] if shown else None


class TranslatedForm(RecordForm):
    """The form of a record with translations: an editor says whether a change of the original matters to them."""

    minor_edit = forms.BooleanField(
        label=_("Minor edit: translations stay valid"),
        required=False,
        help_text=_(
            "For a corrected typing error. Otherwise the translations of each text that you change in the original "
            "language count as outdated."
        ),
    )


class RowForm(RecordForm):
    """A row of a list whose order means something."""

    number = forms.IntegerField(
        label=_("No."),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "row-number"}),
        help_text=_("Its place in the list; a new one without a number comes last."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["number"] = self.instance.position + 1


class OrderedRows(BaseInlineFormSet):
    """Rows that keep the order of their numbers."""

    def save(self, commit=True):
        saved = super().save(commit)
        if commit:
            self.put_in_order()
        return saved

    def put_in_order(self):
        kept = [form for form in self.forms if form.instance.pk]
        for position, form in enumerate(sorted(kept, key=self.place)):
            if form.instance.position != position:
                form.instance.position = position
                form.instance.save(update_fields=["position"])

    @staticmethod
    def place(form):
        """A row that was given a number goes before the one that had it."""
        wanted = form.cleaned_data.get("number")
        return (wanted is None, wanted, "number" not in form.changed_data)
