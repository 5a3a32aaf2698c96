"""Networks and their members, organisations, initiatives and declarations."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


class OrganisationInNetworkInline(LinkInline):
    model = OrganisationMembership
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


class MembershipSourcedFilter(SourcedFilter):
    title = _("source")
    without = Q(source_url="")


class BaseMembershipAdmin(RecordAdmin):
    """Memberships of one kind of member: `member` is the reference to it."""

    member = ""
    list_filter = ["verified", MembershipSourcedFilter, "role", "network"]
    actions = ["confirm"]

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


@admin.register(Membership)
class MembershipAdmin(BaseMembershipAdmin):
    member = "city"
    list_filter = [*BaseMembershipAdmin.list_filter, "city__country"]
    list_select_related = ["city", "network"]
    searched = search_fields = ["city__search_text", "network__search_text"]


@admin.register(OrganisationMembership)
class OrganisationMembershipAdmin(BaseMembershipAdmin):
    member = "organisation"
    list_filter = [*BaseMembershipAdmin.list_filter, "organisation__country"]
    list_select_related = ["organisation", "network"]
    searched = search_fields = ["organisation__search_text", "network__search_text"]


class OrganisationSourceInline(SourceInline):
    model = OrganisationSource


class NetworkOfOrganisationInline(LinkInline):
    model = OrganisationMembership
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
