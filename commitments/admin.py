"""Commitments and the places where they apply."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment, CommitmentSource, Place
from publishing.admin import (
    MissingLanguageFilter,
    PublishingAdmin,
    RowsInline,
    SourcedFilter,
    SourceInline,
)


class PlaceInline(RowsInline, admin.TabularInline):
    model = Place
    fields = ["number", "name", "country"]
    autocomplete_fields = ["country"]


class CommitmentSourceInline(SourceInline):
    model = CommitmentSource


@admin.register(Commitment)
class CommitmentAdmin(PublishingAdmin):
    list_display = ["named", "kind", "submitter", "status", "translated_into", "updated_at"]
    list_filter = ["status", "kind", SourcedFilter, MissingLanguageFilter, "places__country"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [PlaceInline, CommitmentSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "submitter", "started", "ended"]}),
        (_("Text"), {"fields": ["summary"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]
