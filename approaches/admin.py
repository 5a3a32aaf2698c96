"""Policy areas and local approaches."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from approaches.models import Approach, ApproachSource, PolicyArea, Synonym
from publishing.admin import (
    MissingLanguageFilter,
    PublishingAdmin,
    SourcedFilter,
    SourceInline,
    TranslatedAdmin,
)
from publishing.languages import LANGUAGES, in_language


class SynonymInline(admin.TabularInline):
    model = Synonym
    fields = ["language", "word"]
    extra = 1
    ordering = ["language", "word"]


@admin.register(PolicyArea)
class PolicyAreaAdmin(TranslatedAdmin):
    list_display = ["name", "order"]
    search_fields = [in_language("name", language) for language in LANGUAGES]
    ordering = ["order"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "order", "description"]}),
        TranslatedAdmin.PICTURE,
        (_("Other entries"), {"fields": ["named_in"]}),
    ]
    readonly_fields = ["named_in"]
    inlines = [SynonymInline]


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """All synonyms in one list; a search that found nothing is added here with its word filled in."""

    list_display = ["word", "language", "area"]
    list_filter = ["language", "area"]
    list_select_related = ["area"]
    search_fields = ["word"]
    ordering = ["language", "word"]
    fields = ["language", "word", "area"]


class ApproachSourceInline(SourceInline):
    model = ApproachSource


@admin.register(Approach)
class ApproachAdmin(PublishingAdmin):
    list_display = ["named", "city", "started", "ended", "status", "translated_into", "updated_at"]
    list_filter = ["status", "policy_areas", "lead", SourcedFilter, MissingLanguageFilter, "city__country"]
    list_select_related = ["city"]
    autocomplete_fields = ["city", "related"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ApproachSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "short_title", "slug", "city", "policy_areas"]}),
        (_("Who and when"), {"fields": ["lead", "organisations", "started", "ended", "website"]}),
        (_("Texts"), {"fields": ["summary", "operation", "outcome"]}),
        (_("Other entries"), {"fields": ["related"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "policy_areas":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)
