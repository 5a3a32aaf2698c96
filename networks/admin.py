"""Networks and their members, organisations, initiatives and declarations."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Q
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from networks import roll_views, unconfirmed_views
from networks.models import (
    Declaration,
    DeclarationSource,
    Initiative,
    InitiativeSource,
    Membership,
    MentoringPair,
    Network,
    NetworkSource,
    Organisation,
    OrganisationMembership,
    OrganisationSource,
    Participation,
    Signature,
)
from networks.years import At
from publishing.admin import (
    LinkInline,
    MissingLanguageFilter,
    PublishingAdmin,
    RecordAdmin,
    SourcedFilter,
    SourceInline,
)
from publishing.formats import number
from publishing.languages import current_language, in_language


class NetworkSourceInline(SourceInline):
    model = NetworkSource


class MembershipsInline(LinkInline):
    """Memberships in the form of who has them. They end; what was entered wrongly is deleted in its own form."""

    model = OrganisationMembership
    can_delete = False


class OrganisationInNetworkInline(MembershipsInline):
    fk_name = "network"
    autocomplete_fields = ["organisation"]
    fields = ["organisation", "role", "since", "until", "source_url", "verified"]


@admin.register(Network)
class NetworkAdmin(PublishingAdmin):
    list_display = ["named", "acronym", "kind", "scope", "status", "translated_into", "updated_at"]
    list_filter = ["status", "kind", "scope", SourcedFilter, MissingLanguageFilter, "country"]
    autocomplete_fields = ["country"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["updated_at", "named_in"]
    inlines = [OrganisationInNetworkInline, NetworkSourceInline]
    fieldsets = [
        (None, {"fields": ["name", "acronym", "slug", "kind", "scope", "country", "founded", "website"]}),
        (_("Texts"), {"fields": ["summary", "description"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
        (_("Other entries"), {"fields": ["named_in"]}),
    ]

    def get_urls(self):
        members = self.admin_site.admin_view(roll_views.members)
        roll = self.admin_site.admin_view(roll_views.roll)
        return [
            path("<int:pk>/members/", members, name="networks_network_members"),
            path("<int:pk>/members/<int:roll_pk>/", roll, name="networks_network_roll"),
            *super().get_urls(),
        ]


class MembershipSourcedFilter(SourcedFilter):
    title = _("source")
    without = Q(source_url="")


class LastingFilter(admin.SimpleListFilter):
    """Memberships that last, and those that have ended."""

    title = _("state")
    parameter_name = "lasting"

    def lookups(self, request, model_admin):
        return [("yes", _("lasting")), ("no", _("ended"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(until__isnull=self.value() == "yes")


class EndingForm(ActionForm):
    year = forms.IntegerField(
        label=_("Year of the end"), required=False, widget=forms.NumberInput(attrs={"min": 1900, "max": 2100})
    )


class BaseMembershipAdmin(RecordAdmin):
    """Memberships of one kind of member: `member` is the reference to it."""

    member = ""
    list_filter = [
        "verified",
        MembershipSourcedFilter,
        "role",
        "network",
        LastingFilter,
    ]
    actions = ["confirm", "end"]
    action_form = EndingForm
    change_list_template = "admin/networks/memberships.html"
    delete_confirmation_template = "admin/networks/delete_membership.html"

    def get_list_display(self, request):
        return [self.member, "network", "role", "since", "until", "has_source", "verified"]

    def get_fields(self, request, obj=None):
        return ["network", self.member, "role", "since", "until", "source_url", "verified"]

    def get_autocomplete_fields(self, request):
        return ["network", self.member]

    def get_ordering(self, request):
        return [in_language(f"{name}__sort_name", current_language()) for name in ("network", self.member)]

    @admin.display(description=_("source"), boolean=True, ordering="source_url")
    def has_source(self, membership):
        return bool(membership.source_url)

    @admin.action(
        description=_("Confirm the selected memberships that have a source"), permissions=["change"]
    )
    def confirm(self, request, queryset):
        sourced = list(queryset.unconfirmed().exclude(source_url=""))
        left = queryset.filter(source_url="").count()
        count = queryset.confirm()
        self.note_change(request, sourced, "verified")
        message = ngettext(
            "%(count)s membership is confirmed.", "%(count)s memberships are confirmed.", count
        )
        self.message_user(request, message % {"count": number(count)}, messages.SUCCESS)
        if left:
            message = ngettext(
                "%(count)s membership has no source and was left as it is.",
                "%(count)s memberships have no source and were left as they are.",
                left,
            )
            self.message_user(request, message % {"count": number(left)}, messages.WARNING)

    def get_actions(self, request):
        """Memberships are ended, not deleted many at once."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("End the selected memberships"), permissions=["change"])
    def end(self, request, queryset):
        at = At.read({"at": request.POST.get("year", "")})
        if at.year is None:
            problem = at.problem or gettext("Give the year in which the memberships ended.")
            self.message_user(request, problem, messages.ERROR)
            return
        lasting = list(queryset.that_can_end(at.year))
        left = queryset.count() - len(lasting)
        queryset.end(at.year)
        self.note_change(request, lasting, "until")
        message = ngettext(
            "%(count)s membership has ended.", "%(count)s memberships have ended.", len(lasting)
        )
        self.message_user(request, message % {"count": number(len(lasting))}, messages.SUCCESS)
        if left:
            message = ngettext(
                "%(count)s membership had ended before or began later, and was left as it is.",
                "%(count)s memberships had ended before or began later, and were left as they are.",
                left,
            )
            self.message_user(request, message % {"count": number(left)}, messages.WARNING)


@admin.register(Membership)
class MembershipAdmin(BaseMembershipAdmin):
    member = "city"
    list_filter = [*BaseMembershipAdmin.list_filter, "city__country"]
    list_select_related = ["city", "network"]
    searched = search_fields = ["city__search_text", "network__search_text"]

    def get_urls(self):
        unconfirmed = self.admin_site.admin_view(unconfirmed_views.unconfirmed)
        return [
            path("unconfirmed/", unconfirmed, name="networks_membership_unconfirmed"),
            *super().get_urls(),
        ]


@admin.register(OrganisationMembership)
class OrganisationMembershipAdmin(BaseMembershipAdmin):
    member = "organisation"
    list_filter = [*BaseMembershipAdmin.list_filter, "organisation__country"]
    list_select_related = ["organisation", "network"]
    searched = search_fields = ["organisation__search_text", "network__search_text"]


class OrganisationSourceInline(SourceInline):
    model = OrganisationSource


class NetworkOfOrganisationInline(MembershipsInline):
    fk_name = "organisation"
    autocomplete_fields = ["network"]
    fields = ["network", "role", "since", "until", "source_url", "verified"]


@admin.register(Organisation)
class OrganisationAdmin(PublishingAdmin):
    list_display = ["named", "kind", "city", "status", "translated_into", "updated_at"]
    list_filter = ["status", "kind", SourcedFilter, MissingLanguageFilter, "country"]
    list_select_related = ["city"]
    autocomplete_fields = ["city", "country"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NetworkOfOrganisationInline, OrganisationSourceInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "city", "country", "website", "summary"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]


class ParticipationInline(LinkInline):
    model = Participation
    autocomplete_fields = ["city"]


class MentoringPairInline(LinkInline):
    model = MentoringPair
    autocomplete_fields = ["first", "second"]


class InitiativeSourceInline(SourceInline):
    model = InitiativeSource


@admin.register(Initiative)
class InitiativeAdmin(PublishingAdmin):
    list_display = ["named", "network", "started", "ended", "status", "translated_into", "updated_at"]
    list_filter = ["status", SourcedFilter, MissingLanguageFilter, "network"]
    list_select_related = ["network"]
    autocomplete_fields = ["network"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ParticipationInline, MentoringPairInline, InitiativeSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "network", "started", "ended", "duration_months", "summary"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]


class SignatureInline(LinkInline):
    model = Signature
    autocomplete_fields = ["city"]


class DeclarationSourceInline(SourceInline):
    model = DeclarationSource


@admin.register(Declaration)
class DeclarationAdmin(PublishingAdmin):
    list_display = ["named", "date", "signatories_total", "status", "translated_into", "updated_at"]
    list_filter = ["status", SourcedFilter, MissingLanguageFilter]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [SignatureInline, DeclarationSourceInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "date", "summary", "url", "signatories_total"]}),
        PublishingAdmin.PICTURE,
        PublishingAdmin.PUBLICATION,
    ]
