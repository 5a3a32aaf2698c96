"""Municipalities with their points on the map, and profiles on one screen."""

from django import forms
from django.contrib import admin
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from leaflet import app_settings
from leaflet.forms.fields import PointField
from leaflet.forms.widgets import LeafletWidget

from cities.models import City, Country, KeyFigure, Profile, ProfileSource, Takeaway
from publishing.admin import (
    LinkInline,
    MissingLanguageFilter,
    OrderedRows,
    PublishingAdmin,
    RowForm,
    SourcedFilter,
    SourceInline,
    TranslatedAdmin,
    TranslatedForm,
    TranslatedRowsInline,
)
from publishing.languages import LANGUAGES, in_language


@admin.register(Country)
class CountryAdmin(TranslatedAdmin):
    list_display = ["name", "code"]
    search_fields = ["code", *(in_language("name", language) for language in LANGUAGES)]
    ordering = ["sort_name"]
    fieldsets = [
        (None, {"fields": ["code", "name"]}),
        TranslatedAdmin.PICTURE,
        (_("Other entries"), {"fields": ["named_in"]}),
    ]
    readonly_fields = ["named_in"]


class PointWidget(LeafletWidget):
    """A map to click on; it fills the two number fields beside it and follows what is typed there."""

    template_name = "admin/cities/_point.html"

    class Media:
        js = ["leaflet/leaflet.js", forms.Script("admin_site/point.js", type="module")]
        css = {"all": ["leaflet/leaflet.css", "admin_site/point.css"]}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["view"] = {
            "center": app_settings["DEFAULT_CENTER"],
            "zoom": app_settings["DEFAULT_ZOOM"],
            "min_zoom": app_settings["MIN_ZOOM"],
            "max_zoom": app_settings["MAX_ZOOM"],
        }
        context["cities"] = reverse("cities:geojson")
        return context


class CityForm(TranslatedForm):
    point = PointField(
        label=_("On the map"),
        required=False,
        widget=PointWidget,
        help_text=_("Click on the map, drag the point, or type the numbers."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "point" in self.fields and self.instance.latitude is not None:
            self.initial["point"] = Point(self.instance.longitude, self.instance.latitude, srid=4326)

    def clean(self):
        """The numbers count; a point without them gives them."""
        cleaned = super().clean()
        changed = set(self.changed_data)
        if "point" in changed and not changed & {"latitude", "longitude"} and "point" not in self.errors:
            point = cleaned["point"]
            cleaned["longitude"], cleaned["latitude"] = point.coords if point else (None, None)
        return cleaned


class MembershipInline(LinkInline):
    """Memberships end; what was entered wrongly is deleted in its own form."""

    model = City.memberships.rel.related_model
    fk_name = "city"
    can_delete = False
    autocomplete_fields = ["network"]
    fields = ["network", "role", "since", "until", "source_url", "verified"]


@admin.register(City)
class CityAdmin(PublishingAdmin):
    form = CityForm
    text_field = "profile__summary"
    list_display = ["named", "country", "population", "status", "profile_in", "updated_at"]
    list_filter = ["status", ("latitude", admin.EmptyFieldListFilter), "country"]
    list_select_related = ["country"]
    autocomplete_fields = ["country"]
    prepopulated_fields = {"slug": ["local_name"]}
    readonly_fields = ["updated_at", "named_in"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["local_name", "name", "slug", "country", "website"]}),
        (_("Where it lies"), {"fields": ["point", "latitude", "longitude"]}),
        (_("Population"), {"fields": ["population", "population_year", "geonames_id"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
        (_("Other entries"), {"fields": ["named_in"]}),
    ]

    @admin.display(description=pgettext_lazy("languages", "profile in"))
    def profile_in(self, city):
        return city.written.strip() or "–"


class TakeawayInline(TranslatedRowsInline):
    model = Takeaway
    fields = ["number", "text"]


class ProfileSourceInline(SourceInline):
    model = ProfileSource


class KeyFigureForm(RowForm):
    """A key figure, whose source is one of those in the same form, be it new or old.

    The choice names the source's row, since a new one has no key before it is saved.
    """

    cited = forms.ChoiceField(
        label=_("Source"),
        widget=forms.Select(attrs={"data-cites": "sources"}),
        help_text=_("One of the sources above."),
    )

    class Meta:
        exclude = ["source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.initial.get("value") is not None:
            self.initial["value"] = plain(self.initial["value"])
        if self.initial.get("share") is not None:
            self.initial["share"] = plain(self.initial["share"])

    def offer(self, sources):
        """Let the editor choose among the rows of a form of sources."""
        self.sources = sources
        cited = self.fields["cited"]
        cited.choices = [("", "---------"), *((str(row), name) for row, name in named_rows(sources))]
        cited.error_messages["invalid_choice"] = gettext(
            "The source of a key figure must be one of the same profile."
        )
        if self.instance.source_id:
            keys = [form.instance.pk for form in sources.forms]
            if self.instance.source_id in keys:
                self.initial["cited"] = str(keys.index(self.instance.source_id))

    def clean_cited(self):
        row = self.sources.forms[int(self.cleaned_data["cited"])]
        if self.sources._should_delete_form(row):
            raise forms.ValidationError(gettext("This source is about to be deleted. Choose another one."))
        if not row.instance.pk and row not in self.sources.extra_forms:
            raise forms.ValidationError(self.fields["cited"].error_messages["invalid_choice"])
        return row

    def save(self, commit=True):
        self.instance.source = self.cleaned_data["cited"].instance
        return super().save(commit)


def plain(value):
    """A decimal number without the zeros that mean nothing: 25.4, not 25.4000."""
    return f"{value.normalize():f}"


def named_rows(sources):
    """The rows of a form of sources that hold one: their index and how to call them."""
    for row, form in enumerate(sources.forms):
        # Who may only see the sources does not send them.
        is_sent = not form.is_bound or form.add_prefix("title") in form.data
        if title := form["title"].value() if is_sent else form.instance.title:
            yield row, f"{form['number'].value() or row + 1}. {title}"


class KeyFigureRows(OrderedRows):
    sources = None

    def cite(self, sources):
        self.sources = sources
        for form in self.forms:
            form.offer(sources)

    @property
    def empty_form(self):
        form = super().empty_form
        form.offer(self.sources)
        return form


class KeyFigureInline(TranslatedRowsInline):
    model = KeyFigure
    form = KeyFigureForm
    formset = KeyFigureRows
    fieldsets = [
        (None, {"fields": ["number", "label", ("qualifier", "value", "unit"), ("share", "year"), "cited"]})
    ]


@admin.register(Profile)
class ProfileAdmin(PublishingAdmin):
    searched = ["city__search_text"]
    search_fields = ["city__search_text"]
    list_display = ["named", "country", "status", "translated_into", "published_at", "updated_at"]
    list_filter = ["status", SourcedFilter, MissingLanguageFilter, "city__country"]
    list_select_related = ["city__country"]
    autocomplete_fields = ["city"]
    inlines = [TakeawayInline, ProfileSourceInline, KeyFigureInline]
    fieldsets = [
        (None, {"fields": ["city", "subtitle", "summary"]}),
        (_("Sections"), {"fields": Profile.SECTIONS}),
        PublishingAdmin.PUBLICATION,
    ]

    class Media:
        js = [forms.Script("admin_site/cited-sources.js", type="module")]

    @admin.display(description=_("city"), ordering="city__sort_name")
    def named(self, profile):
        return profile.city

    @admin.display(description=_("country"), ordering="city__country__sort_name")
    def country(self, profile):
        return profile.city.country

    def why_not_public(self, profile):
        page = City.objects.published().filter(pk=profile.city_id)
        return super().why_not_public(profile) or (
            "" if page.exists() else gettext("Its city is not public, so there is no page to view.")
        )

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_name = {formset.prefix: formset for formset in formsets}
        by_name["key_figures"].cite(by_name["sources"])
        return formsets, inlines
