"""News and events."""

from zoneinfo import ZoneInfo, available_timezones

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
    TranslatedForm,
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
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]


class EventForm(TranslatedForm):
    """A form whose times are those on the clock of the event's own time zone."""

    TIMES = ["start", "end"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.TIMES:
            if name in self.fields:
                self.fields[name].help_text = _("On the clock of its time zone.")
            if self.instance.pk:
                self.initial[name] = getattr(self.instance, f"local_{name}")().replace(tzinfo=None)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("timezone") in available_timezones():
            zone = ZoneInfo(cleaned["timezone"])
            cleaned |= {name: cleaned[name].replace(tzinfo=zone) for name in self.TIMES if cleaned.get(name)}
        return cleaned


class EventCityInline(LinkInline):
    model = EventCity
    autocomplete_fields = ["city"]


class EventSourceInline(SourceInline):
    model = EventSource


@admin.register(Event)
class EventAdmin(AboutAdmin):
    form = EventForm
    list_display = ["named", "start", "timezone", "online", "status", "translated_into", "updated_at"]
    list_filter = ["status", "online", "policy_areas", SourcedFilter, MissingLanguageFilter]
    inlines = [EventCityInline, EventSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "description"]}),
        (_("When and where"), {"fields": ["timezone", "start", "end", "online", "place", "event_languages"]}),
        (_("Who"), {"fields": ["organisers", "registration_url"]}),
        AboutAdmin.ABOUT,
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]
