"""What the admin of every kind of record shares: language tabs, publication, search, sources, careful deletion.

An app's `admin.py` only declares. Records with a page of their own use `PublishingAdmin`, other translated ones
`TranslatedAdmin`, the rest `RecordAdmin`.
"""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import NestedObjects, flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import models, router
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from publishing import pictures, words
from publishing.fields import AddressField
from publishing.form_states import as_marks, by_field, by_language, states_of_entry, states_of_list
from publishing.formats import number
from publishing.languages import LANGUAGES, in_language
from publishing.models import (
    Edit,
    FormerSlug,
    Picture,
    Pictured,
    Publishable,
    Translated,
    Translation,
    Translator,
)
from publishing.record_forms import OrderedRows, RecordForm, RowForm, TranslatedForm
from publishing.translations import languages_of

admin.site.site_header = _("Moving Cities")
admin.site.site_title = _("Moving Cities")
admin.site.index_title = _("Content")

# Words of scripts, above all of the rich-text editor, which has its own for three of our languages only.
SCRIPT_WORDS = {
    "Language of the texts": _("Language of the texts"),
    "Cancel": _("Cancel"),
    "Edit Link": _("Edit link"),
    "List properties": _("List properties"),
    "List type": _("List type"),
    "Bullets": _("Bullets"),
    "Decimal numbers": _("Numbers: 1, 2, 3"),
    "Lowercase letters": _("Letters: a, b, c"),
    "Uppercase letters": _("Letters: A, B, C"),
    "Lowercase Roman numerals": _("Roman numerals: i, ii, iii"),
    "Uppercase Roman numerals": _("Roman numerals: I, II, III"),
    "Start at": _("Start at"),
    "Title": _("Title"),
    "Toggle fullscreen": _("Full screen"),
    "URL": _("Address"),
    "Update": _("Apply"),
    "paragraph": _("Paragraph"),
    "heading 2": _("Heading"),
    "heading 3": _("Smaller heading"),
    "unordered list": _("List with bullets"),
    "ordered list": _("Numbered list"),
    "blockquote": _("Quotation"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "insert link": _("Insert a link"),
    "remove link": _("Remove the link"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    # Of the drafts that the browser keeps.
    "What you typed here on {time} was not saved.": _("What you typed here on {time} was not saved."),
    "Restore it": _("Restore it"),
    "Discard it": _("Discard it"),
}


# Rows of a record's form


class LanguageRights:
    """Translators change the texts of their languages in the forms of existing records, and nothing else."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or self.is_translated_by(request)

    def is_translated_by(self, request):
        """Whether the person may do no more than translate these records."""
        return (
            issubclass(self.model, Translated)
            and not super().has_change_permission(request)
            and bool(self.languages_for(request))
        )

    @staticmethod
    def languages_for(request):
        if not hasattr(request, "translator_languages"):
            request.translator_languages = languages_of(request.user)
        return request.translator_languages

    def limit(self, form, request):
        """Let a class of forms know what the person may write."""
        form.languages = self.languages_for(request) if self.is_translated_by(request) else None


class CarefulFields(LanguageRights):
    """Choosing another record offers to add and change it, not to delete it; an address is secure unless it says not."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if "opened_with" in flatten_fieldsets(fieldsets) or not self.has_change_permission(request, obj):
            return fieldsets
        *others, (title, last) = fieldsets
        return [*others, (title, last | {"fields": [*last["fields"], "opened_with"]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, AddressField):
            field.validators = db_field.validators  # in our words instead of Django's
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class RowsInline(CarefulFields):
    """Rows that belong to the record alone, in their order."""

    form = RowForm
    formset = OrderedRows
    extra = 0

    @admin.display(description=_("No."))
    def number(self, row):
        """What somebody sees who cannot change it."""
        return number(row.position + 1)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        self.limit(formset.form, request)
        return formset


class SourceInline(RowsInline, admin.TabularInline):
    fields = ["number", "title", "publisher", "url", "date"]
    classes = ["sources"]


class TranslatedRowsInline(RowsInline, TranslationInlineModelAdmin, admin.StackedInline):
    """Stacked, since language tabs do not fit into a table."""


class LinkInline(CarefulFields, admin.TabularInline):
    """Other records that this one names, chosen by typing a part of their names."""

    form = RecordForm
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)


# Columns and filters of a list


def languages_written(field):
    """The codes of the languages in which a translated field has text, as one value: "en pl "."""
    written = [
        Case(
            When(Q(**{f"{in_language(field, language)}__gt": ""}), then=Value(f"{language} ")),
            default=Value(""),
        )
        for language in LANGUAGES
    ]
    return Concat(*written, output_field=models.TextField())


class SourcedFilter(admin.SimpleListFilter):
    """Entries with and without a source."""

    title = _("sources")
    parameter_name = "sourced"

    def lookups(self, request, model_admin):
        return [("no", _("without a source")), ("yes", _("with a source"))]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.filter(self.without)
        return queryset.exclude(self.without) if self.value() == "yes" else queryset

    without = Q(sources=None)


class MissingLanguageFilter(admin.SimpleListFilter):
    """Entries that nobody has translated into a language."""

    title = _("not yet translated into")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() not in LANGUAGES:
            return queryset
        text = main_text(queryset.model)
        return queryset.filter(**{in_language(text, self.value()): None})


class StateFilter(admin.SimpleListFilter):
    """Entries with a text that is in a certain state in a language."""

    state = ""

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() not in LANGUAGES:
            return queryset
        rows = Translation.objects.filter(
            entry_kind=queryset.model._meta.label_lower, language=self.value(), state=self.state
        )
        return queryset.filter(pk__in=rows.values("entry"))


class OutdatedFilter(StateFilter):
    title = _("outdated in")
    parameter_name = "outdated"
    state = Translation.State.OUTDATED


class MachineFilter(StateFilter):
    title = _("translated by machine into")
    parameter_name = "machine"
    state = Translation.State.MACHINE


def main_text(model):
    return model().main_text_field


class RecordList(ChangeList):
    """A list of records with what its columns need, and without the long texts."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.for_list(super().get_queryset(request, exclude_parameters))

    def get_results(self, request):
        super().get_results(request)
        if "translated_into" in self.list_display:
            self.result_list = list(self.result_list)
            states = states_of_list(self.model, self.result_list)
            for record in self.result_list:
                record.translation_states = states.get(record.pk, [])


# The admin of a record


def thumbnail(picture):
    """A small version that leads to a large one."""
    files = picture.files
    width = files.widths[0]
    return format_html(
        '<a href="{}"><img class="thumbnail" src="{}" width="{}" height="{}" alt="{}" loading="lazy"></a>',
        files.url(),
        default_storage.url(files.name(width, "webp")),
        width,
        files.height_of(width),
        picture,
    )


class RecordAdmin(CarefulFields, admin.ModelAdmin):
    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    # The columns of searchable words that the search box looks through.
    searched = []

    PICTURE = (_("Picture"), {"fields": ["picture", "shown_picture"]})

    def get_autocomplete_fields(self, request):
        return [*super().get_autocomplete_fields(request), *(["picture"] if self.is_pictured() else [])]

    def get_readonly_fields(self, request, obj=None):
        return [
            *super().get_readonly_fields(request, obj),
            *(["shown_picture"] if self.is_pictured() else []),
        ]

    def is_pictured(self):
        return issubclass(self.model, Pictured)

    @admin.display(description=_("preview"))
    def shown_picture(self, record):
        return thumbnail(record.picture) if record.picture else "–"

    def get_changelist(self, request, **kwargs):
        return RecordList

    def for_list(self, queryset):
        """The rows of a list with what its columns show."""
        return queryset

    def get_search_results(self, request, queryset, search_term):
        if not self.searched:
            return super().get_search_results(request, queryset, search_term)
        for beginnings in words.sought(search_term):
            condition = Q()
            for column in self.searched:
                for beginning in beginnings:
                    condition |= Q(**{f"{column}__contains": f" {beginning}"})
            queryset = queryset.filter(condition)
        return queryset, False

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        self.limit(form, request)
        return form

    def get_prepopulated_fields(self, request, obj=None):
        return {} if self.is_translated_by(request) else super().get_prepopulated_fields(request, obj)

    def get_actions(self, request):
        return {} if self.is_translated_by(request) else super().get_actions(request)

    def save_model(self, request, obj, form, change):
        obj.edit = self.edit_of(request, form)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            row.instance.edit = self.edit_of(request, form)
            if isinstance(row.instance, Translated):
                row.instance.original_language = form.instance.original_language
        super().save_formset(request, form, formset, change)

    @staticmethod
    def edit_of(request, form):
        """What the form says about how the record is saved."""
        return Edit(request.user, minor=form.cleaned_data.get("minor_edit", False))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # The rich-text editor is told by an inline import map where its modules are.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        context["script_words"] = {word: str(ours) for word, ours in SCRIPT_WORDS.items()}
        context["not_public"] = self.why_not_public(obj) if change else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_view_on_site_url(self, obj=None):
        """The public page in the editor's language; an entry that is not public has none."""
        if obj is None or not hasattr(obj, "get_absolute_url") or self.why_not_public(obj):
            return None
        return obj.get_absolute_url()

    def why_not_public(self, record):
        """Why readers do not see a record, in words; nothing if they do."""
        return ""

    @admin.display(description=_("named in"))
    def named_in(self, record):
        """The lists of entries that name this one, with how many there are, and the way to add one."""
        if not record.pk:
            return "–"
        return format_html(
            '<ul class="named-in">{}</ul>',
            format_html_join("", "<li>{}</li>", ([part] for part in self.lists_that_name(record))),
        )

    def lists_that_name(self, record):
        for relation in self.opts.related_objects:
            other, name = relation.related_model, relation.field.name
            if not self.admin_site.is_registered(other):
                continue
            count = other._base_manager.filter(**{name: record}).count()
            address = reverse(f"admin:{other._meta.app_label}_{other._meta.model_name}_changelist")
            yield format_html(
                '<a href="{}?{}">{}: {}</a>',
                address,
                urlencode({f"{name}__{record._meta.pk.name}__exact": record.pk}),
                capfirst(other._meta.verbose_name_plural),
                number(count),
            )

    # Deletion

    def get_deleted_objects(self, objs, request):
        naming = self.records_that_name(list(objs))
        if naming:
            return [], {}, set(), [self.link_to(record, request) for record in naming]
        return super().get_deleted_objects(objs, request)

    def records_that_name(self, records):
        """The entries that have to be changed before these records can be deleted, in order."""
        collector = NestedObjects(using=router.db_for_write(self.model), origin=records)
        collector.collect(records)
        protecting = {}
        for row in collector.protected:
            protecting.setdefault(type(row), []).append(row.pk)
        found = []
        for model, keys in protecting.items():
            referring = [field.name for field in model._meta.fields if field.many_to_one or field.one_to_one]
            rows = model._base_manager.select_related(*referring).filter(pk__in=keys)
            found.extend(self.owner_of(row) for row in rows)
        for relation in self.opts.related_objects:
            # The database would drop these links without a word.
            if relation.many_to_many and relation.through._meta.auto_created:
                others = relation.related_model._base_manager.filter(
                    **{f"{relation.field.name}__in": records}
                )
                found.extend(other for other in others if other not in records)
        return sorted(set(found), key=lambda record: (str(record._meta.verbose_name), str(record)))

    def owner_of(self, row):
        """The entry in whose form a row is edited: the declaration of a signature."""
        if self.admin_site.is_registered(type(row)):
            return row
        owners = [
            getattr(row, field.name)
            for field in row._meta.fields
            if field.many_to_one and field.remote_field.on_delete is models.CASCADE
        ]
        return owners[0] if owners else row

    def link_to(self, record, request):
        kind = capfirst(record._meta.verbose_name)
        if not self.admin_site.is_registered(type(record)):
            return f"{kind}: {record}"
        address = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
        return format_html('{}: <a href="{}">{}</a>', kind, reverse(address, args=[record.pk]), record)

    # Actions

    def note_change(self, request, records, field):
        """Write a change of many records into their histories."""
        label = str(self.opts.get_field(field).verbose_name)
        LogEntry.objects.log_actions(request.user.pk, records, CHANGE, [{"changed": {"fields": [label]}}])


def shown_forms(context):
    """The forms of a record and of its rows on a page of the admin."""
    rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    return [context["adminform"].form, *(form for form in rows if form.instance.pk)]


class TranslatedAdmin(RecordAdmin, TranslationAdmin):
    """A record with language tabs."""

    form = TranslatedForm

    def get_fieldsets(self, request, obj=None):
        names = ["original_language"]
        if obj and self.has_change_permission(request, obj) and not self.is_translated_by(request):
            names.append("minor_edit")
        return [*super().get_fieldsets(request, obj), (_("Translations"), {"fields": names})]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and not context.get("is_popup"):
            rows = states_of_entry(obj)
            context["translation_states"] = by_language(obj, rows, self.languages_for(request))
            context["field_states"] = {
                "states": by_field(shown_forms(context), rows),
                "words": {state: str(label) for state, label in Translation.State.choices}
                | {"original": gettext("original")},
            }
            context["presence"] = reverse("translating:presence", args=[obj._meta.label_lower, obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    class Media:
        # The tabs of modeltranslation, on Django's jQuery and our own copy of jQuery UI.
        js = [
            "admin/js/jquery.init.js",
            "modeltranslation/js/force_jquery.js",
            "vendor/jquery-ui/version.js",
            "vendor/jquery-ui/widget.js",
            "vendor/jquery-ui/keycode.js",
            "vendor/jquery-ui/unique-id.js",
            "vendor/jquery-ui/tabs.js",
            "modeltranslation/js/tabbed_translation_fields.js",
            "admin_site/rich-text.js",
            "admin_site/names.js",
            forms.Script("admin_site/language-tabs.js", type="module"),
        ]
        css = {
            "all": [
                "modeltranslation/css/tabbed_translation_fields.css",
                "admin_site/desk.css",
                "admin_site/forms.css",
            ]
        }


class PublishingAdmin(TranslatedAdmin):
    """A record that the public sees once it is published."""

    searched = ["search_text"]
    search_fields = ["search_text"]  # shows the search box; `searched` says what it looks through
    list_filter = ["status", SourcedFilter, MissingLanguageFilter]
    readonly_fields = ["updated_at"]
    actions = ["publish", "archive"]
    # A text of another record whose languages the list shows as `written`: "profile__summary".
    text_field = ""

    PUBLICATION = (_("Publication"), {"fields": ["status", "published_at", "updated_at"]})

    def for_list(self, queryset):
        long_texts = [
            field.name
            for field in self.opts.fields
            if isinstance(field, models.TextField) and field.name not in self.list_display
        ]
        records = super().for_list(queryset).defer(*long_texts)
        return records.annotate(written=languages_written(self.text_field)) if self.text_field else records

    @admin.display(description=_("name"), ordering="sort_name")
    def named(self, record):
        return str(record) or "–"

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), OutdatedFilter, MachineFilter]

    @admin.display(description=_("languages"))
    def translated_into(self, record):
        return as_marks(record.original_language, record.translation_states)

    def why_not_public(self, record):
        shown = type(record).objects.published().filter(pk=record.pk).exists()
        return "" if shown else gettext("Not public, so there is no page to view.")

    @admin.action(description=_("Publish the selected entries"), permissions=["change"])
    def publish(self, request, queryset):
        records = list(queryset)
        queryset.publish()
        self.note_change(request, records, "status")
        message = ngettext("%(count)s entry is published.", "%(count)s entries are published.", len(records))
        self.message_user(request, message % {"count": number(len(records))}, messages.SUCCESS)
        if waiting := sum(self.is_waiting(record) for record in records):
            message = ngettext(
                "%(count)s of them appears on its date in the future.",
                "%(count)s of them appear on their dates in the future.",
                waiting,
            )
            self.message_user(request, message % {"count": number(waiting)}, messages.INFO)

    @staticmethod
    def is_waiting(record):
        """Whether a record that is published now appears only later."""
        record.status = Publishable.Status.PUBLISHED
        return record.published_at is not None and not record.is_public()

    @admin.action(description=_("Archive the selected entries"), permissions=["change"])
    def archive(self, request, queryset):
        records = list(queryset)
        queryset.archive()
        self.note_change(request, records, "status")
        message = ngettext("%(count)s entry is archived.", "%(count)s entries are archived.", len(records))
        self.message_user(request, message % {"count": number(len(records))}, messages.SUCCESS)


# Records of every app


class PictureForm(TranslatedForm):
    """A picture's texts, and its file in place of what is derived from it."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 20 MB. Where and when it was taken is removed from it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].required = not self.instance.pk

    def clean_file(self):
        file = self.cleaned_data["file"]
        return pictures.accept(file) if file else None

    def save(self, commit=True):
        if original := self.cleaned_data.get("file"):
            self.instance.take(original, Path(self.files["file"].name).stem)
        return super().save(commit)


class UsedFilter(admin.SimpleListFilter):
    """Pictures that an entry shows, and those that none does."""

    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("in an entry")), ("no", _("in no entry"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        used = Q()
        for relation in Picture._meta.related_objects:
            shown = relation.related_model._base_manager.exclude(picture=None)
            used |= Q(pk__in=shown.values("picture"))
        return queryset.filter(used if self.value() == "yes" else ~used)


@admin.register(Picture)
class PictureAdmin(TranslatedAdmin):
    form = PictureForm
    list_display = ["shown", "__str__", "credit", "licence", "slug"]
    list_display_links = ["__str__"]
    list_filter = [UsedFilter, MissingLanguageFilter]
    search_fields = ["slug", *(in_language(text, code) for text in ("alt", "credit") for code in LANGUAGES)]
    readonly_fields = ["shown", "used_by"]
    fieldsets = [
        (None, {"fields": ["file", "shown", "alt", "caption"]}),
        (_("Rights"), {"fields": ["credit", "licence", "licence_url", "url"]}),
        (_("Other entries"), {"fields": ["slug", "used_by"]}),
    ]

    @admin.display(description=_("preview"))
    def shown(self, picture):
        return thumbnail(picture) if picture.pk else "–"

    @admin.display(description=_("shown by"))
    def used_by(self, picture):
        records = [
            record
            for relation in (self.opts.related_objects if picture.pk else [])
            for record in relation.related_model._base_manager.filter(picture=picture)
        ]
        links = format_html_join("", "<li>{}</li>", ([self.link_to(record, None)] for record in records))
        return format_html('<ul class="named-in">{}</ul>', links) if records else "–"


class TranslatorForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Into these a person of the group Translators may translate."),
    )


class TranslatorInline(admin.StackedInline):
    model = Translator
    form = TranslatorForm


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """A user with the languages into which they translate."""

    def get_inlines(self, request, obj):
        return [TranslatorInline] if obj and request.user.is_superuser else []


@admin.register(FormerSlug)
class FormerSlugAdmin(admin.ModelAdmin):
    """Former addresses are written down by the software; here they can be looked up."""

    list_display = ["slug", "kind"]
    list_filter = ["kind"]
    search_fields = ["slug"]
    ordering = ["kind", "slug"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
