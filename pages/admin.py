"""The five editable pages."""

from django.contrib import admin

from pages.models import Page
from publishing.admin import MissingLanguageFilter, PublishingAdmin


@admin.register(Page)
class PageAdmin(PublishingAdmin):
    searched = []
    search_fields = []
    list_display = ["title", "slug", "status", "translated_into", "updated_at"]
    list_filter = ["status", MissingLanguageFilter]
    fieldsets = [
        (None, {"fields": ["slug", "title", "body"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]
