"""News and events."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.models import Event, EventCity, EventSource, News, NewsCity, NewsSource
from publishing.admin import (
    LinkInline,
    MissingLanguageFilter,
    PublishingAdmin,
    SourcedFilter,
    SourceInline,
)


class AboutAdmin(PublishingAdmin):
    """Something about cities, networks and policy areas."""

    autocomplete_fields = ["networks"]
    prepopulated_fields = {"slug": ["title"]}

    ABOUT = (_("What it is about"), {"fields": ["networks", "policy_areas"]})

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "policy_areas":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class NewsCityInline(LinkInline):
    model = NewsCity
    autocomplete_fields = ["city"]


class NewsSourceInline(SourceInline):
    model = NewsSource


@admin.register(News)
class NewsAdmin(AboutAdmin):
    list_display = ["named", "date", "status", "translated_into", "updated_at"]
    list_filter = ["status", "policy_areas", SourcedFilter, MissingLanguageFilter]
    inlines = [NewsCityInline, NewsSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "date", "body"]}),
        AboutAdmin.ABOUT,
        PublishingAdmin.PUBLICATION,
    ]


class EventCityInline(LinkInline):
    model = EventCity
    autocomplete_fields = ["city"]


class EventSourceInline(SourceInline):
    model = EventSource


@admin.register(Event)
class EventAdmin(AboutAdmin):
    list_display = ["named", "start", "timezone", "online", "status", "translated_into", "updated_at"]
    list_filter = ["status", "online", "policy_areas", SourcedFilter, MissingLanguageFilter]
    inlines = [EventCityInline, EventSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "description"]}),
        (_("When and where"), {"fields": ["start", "end", "timezone", "online", "place", "event_languages"]}),
        (_("Who"), {"fields": ["organisers", "registration_url"]}),
        AboutAdmin.ABOUT,
        PublishingAdmin.PUBLICATION,
    ]
