"""What the admin of every kind of record shares: language tabs, publication, search, sources, careful deletion.

An app's `admin.py` only declares. Records with a page of their own use `PublishingAdmin`, other translated ones
`TranslatedAdmin`, the rest `RecordAdmin`.
"""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage
from django.db import models, router
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin

from publishing import pictures, words
from publishing.fields import AddressField
from publishing.formats import number
from publishing.languages import LANGUAGES, current_language, in_language
from publishing.models import FormerSlug, Picture, Pictured, Publishable

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
}


# Forms


class RecordForm(forms.ModelForm):
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


# Rows of a record's form


class CarefulFields:
    """Choosing another record offers to add and change it, not to delete it; an address is secure unless it says not."""

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


def main_text(model):
    return model().main_text_field


class RecordList(ChangeList):
    """A list of records with what its columns need, and without the long texts."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.for_list(super().get_queryset(request, exclude_parameters))


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


class TranslatedAdmin(RecordAdmin, TranslationAdmin):
    """A record with language tabs."""

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
        css = {"all": ["modeltranslation/css/tabbed_translation_fields.css", "admin_site/forms.css"]}


class PublishingAdmin(TranslatedAdmin):
    """A record that the public sees once it is published."""

    searched = ["search_text"]
    search_fields = ["search_text"]  # shows the search box; `searched` says what it looks through
    list_filter = ["status", SourcedFilter, MissingLanguageFilter]
    readonly_fields = ["updated_at"]
    actions = ["publish", "archive"]
    # The translated field whose languages the list shows; the record's main text unless it says otherwise.
    text_field = None

    PUBLICATION = (_("Publication"), {"fields": ["status", "published_at", "updated_at"]})

    def for_list(self, queryset):
        long_texts = [
            field.name
            for field in self.opts.fields
            if isinstance(field, models.TextField) and field.name not in self.list_display
        ]
        written = languages_written(self.text_field or main_text(self.model))
        return super().for_list(queryset).annotate(written=written).defer(*long_texts)

    @admin.display(description=_("name"), ordering="sort_name")
    def named(self, record):
        return str(record) or "–"

    @admin.display(description=_("translated into"))
    def translated_into(self, record):
        return record.written.strip() or "–"

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


class PictureForm(RecordForm):
    """A picture's texts, and its file in place of what is derived from it."""

    file = forms.FileField(
        label=_("file"),
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
