"""What connects cities: networks and their members, organisations, initiatives and declarations."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.models import City, Country
from networks.years import held
from publishing.addresses import is_taken
from publishing.fields import PartialDateField, RichTextField, end_not_before_start
from publishing.languages import current_language, in_language
from publishing.models import Entry, PublishedQuerySet, Source


def number_of(records, by):
    """How many of the records each row of a list has, as a subquery: by names their reference to the row."""
    records = records.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(records.annotate(number=Count("pk")).values("number")), 0)


class NetworkQuerySet(PublishedQuerySet):
    def with_member_counts(self, year=None):
        """Public networks with their numbers of municipalities and organisations, now or in a year."""
        members, organisations = (
            number_of(model.objects.of_public_members().filter(held(year)), by="network")
            for model in (Membership, OrganisationMembership)
        )
        return self.annotate(member_count=members, organisation_count=organisations)

    def sharing_members_with(self, network, most):
        """The other public networks that share most public members with one, given by its key: `shared`.

        Which they are is counted in one go, and only for them how many: a count for each network takes far longer.
        """
        memberships = Membership.objects.current()
        members = memberships.filter(network=network).values("city")
        theirs = memberships.filter(city__in=members)
        name = in_language("network__sort_name", current_language())
        first = (
            theirs.exclude(network=network)
            .values("network", name)
            .annotate(number=Count("pk"))
            .order_by("-number", name, "network")
        )
        return (
            self.filter(pk__in=first.values("network")[:most])
            .annotate(shared=number_of(theirs, by="network"))
            .order_by("-shared", "sort_name", "pk")
        )


class Network(Entry):
    """A network, campaign or alliance that municipalities belong to."""

    class Kind(models.TextChoices):
        CITY_NETWORK = "city-network", _("City network")
        CAMPAIGN = "campaign", _("Campaign")
        ALLIANCE = "alliance", _("Alliance")
        CIVIL_SOCIETY = "civil-society-network", _("Civil society network")

    class Scope(models.TextChoices):
        NATIONAL = "national", _("National")
        EUROPEAN = "european", _("European")
        GLOBAL = "global", _("Global")

    acronym = models.CharField(_("acronym"), max_length=50, blank=True, default="")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="networks",
        null=True,
        blank=True,
        verbose_name=_("country"),
        help_text=_("For a national network only."),
    )
    founded = PartialDateField(_("founded"), blank=True, default="")
    website = models.URLField(_("website"), max_length=500, blank=True, default="")
    summary = models.TextField(_("summary"), help_text=_("One or two sentences."))
    description = RichTextField(_("description"), blank=True)

    objects = NetworkQuerySet.as_manager()

    search_fields = ["acronym", "summary"]
    country_path = "country"

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                name="network_country_if_national",
                condition=Q(scope="national", country__isnull=False)
                | (~Q(scope="national") & Q(country__isnull=True)),
                violation_error_message=_("A national network has a country, and no other network has one."),
            )
        ]

    def clean(self):
        super().clean()
        if self.slug and is_taken("networks:detail", self.slug):
            raise ValidationError(
                {"slug": _("“%(slug)s” is the address of another page.") % {"slug": self.slug}}
            )

    def get_absolute_url(self):
        return reverse("networks:detail", kwargs={"slug": self.slug})


class NetworkSource(Source):
    network = models.ForeignKey(Network, models.CASCADE, related_name="sources")


class MembershipQuerySet(models.QuerySet):
    def published(self):
        """Memberships whose network and member are both public."""
        member = self.model.member_field
        kind = self.model._meta.get_field(member).related_model
        return self.filter(Network.public("network__"), kind.public(f"{member}__"))

    def of_public_members(self):
        """Those whose member is public, to be counted by networks that are.

        Each member is looked up by its key. Joined to the memberships, all members there are would be tried for each
        network: SQLite has no figures to know better.
        """
        field = self.model.member_field
        kind = self.model._meta.get_field(field).related_model
        return self.filter(Exists(kind._base_manager.filter(kind.public(), pk=OuterRef(field)).order_by()))

    def current(self):
        return self.in_year(None)

    def in_year(self, year):
        """Those that are public and held in a year; None is now."""
        return self.published().filter(held(year))

    def unconfirmed(self):
        return self.filter(verified=False)

    def confirm(self):
        """Mark memberships as confirmed, those with a source only; the number of those confirmed."""
        return self.unconfirmed().exclude(source_url="").update(verified=True)

    def that_can_end(self, year):
        """Memberships that last and had begun by a year, as far as is known."""
        return self.filter(Q(since=None) | Q(since__lte=year), until=None)

    def end(self, year):
        """Note the year in which memberships ended, those that last and had begun by then; the number of those ended."""
        return self.that_can_end(year).update(until=year)


class BaseMembership(models.Model):
    """Somebody in a network: as what, from when to when, and who says so."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        FOUNDER = "founder", _("Founding member")
        SECRETARIAT = "secretariat", _("Secretariat")
        SIGNATORY = "signatory", _("Signatory")

    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True, help_text=_("A year."))
    until = models.PositiveSmallIntegerField(
        _("until"), null=True, blank=True, help_text=_("The year it ended; empty while it lasts.")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True, default="")
    verified = models.BooleanField(
        _("confirmed"),
        default=False,
        help_text=_("Somebody has read the source and found the membership in it."),
    )

    objects = MembershipQuerySet.as_manager()

    # The reference to who belongs to the network: "city".
    member_field = ""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_end_not_before_start",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The end must not be before the start."),
            ),
            models.CheckConstraint(
                name="%(class)s_confirmed_with_source",
                condition=Q(verified=False) | ~Q(source_url=""),
                violation_error_message=_("Only a membership with a source can be confirmed."),
            ),
        ]

    def __str__(self):
        return f"{self.network} – {self.member}"

    @property
    def member(self):
        return getattr(self, self.member_field)


class Membership(BaseMembership):
    """A municipality in a network."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="memberships", verbose_name=_("network")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="memberships", verbose_name=_("municipality"))

    member_field = "city"

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["network", "city"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "city"],
                name="membership_once",
                violation_error_message=_("This municipality is in this network already."),
            ),
            *BaseMembership.Meta.constraints,
        ]


class Organisation(Entry):
    """A civil-society or public organisation that works with municipalities."""

    class Kind(models.TextChoices):
        NGO = "ngo", _("Non-governmental organisation")
        FOUNDATION = "foundation", _("Foundation")
        MOVEMENT = "movement", _("Movement")
        UNIVERSITY = "university", _("University")
        PUBLIC_BODY = "public-body", _("Public body")
        INTERNATIONAL = "international-organisation", _("International organisation")

    name = models.CharField(
        _("name"), max_length=200, help_text=_("As the organisation writes it; not translated.")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    city = models.ForeignKey(
        City,
        models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        verbose_name=_("municipality"),
        help_text=_("Where it has its seat."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        verbose_name=_("country"),
    )
    website = models.URLField(_("website"), max_length=500, blank=True, default="")
    networks = models.ManyToManyField(
        Network,
        through="OrganisationMembership",
        related_name="organisations",
        verbose_name=_("networks"),
    )
    summary = models.TextField(_("summary"))

    search_fields = ["summary"]
    country_path = "country"

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name"]

    def name_in(self, language):
        return self.name

    @classmethod
    def name_expression(cls):
        return F("name")

    def get_absolute_url(self):
        return reverse("networks:organisation", kwargs={"slug": self.slug})


class OrganisationMembership(BaseMembership):
    """An organisation in a network."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="organisation_memberships", verbose_name=_("network")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )

    member_field = "organisation"

    class Meta:
        verbose_name = _("membership of an organisation")
        verbose_name_plural = _("memberships of organisations")
        ordering = ["network", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"],
                name="organisation_membership_once",
                violation_error_message=_("This organisation is in this network already."),
            ),
            *BaseMembership.Meta.constraints,
        ]


class OrganisationSource(Source):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sources")


class Initiative(Entry):
    """A time-bound project that municipalities run together inside a network."""

    name_field = "title"
    shown_with = ["network"]
    search_fields = ["summary"]
    country_path = "cities__country"

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="initiatives", verbose_name=_("network")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    started = PartialDateField(_("started"), blank=True, default="")
    ended = PartialDateField(_("ended"), blank=True, default="")
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    cities = models.ManyToManyField(
        City,
        through="Participation",
        related_name="initiatives",
        verbose_name=_("participating municipalities"),
    )

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["sort_name"]
        constraints = [end_not_before_start("initiative_end_not_before_start")]

    def get_absolute_url(self):
        return reverse("networks:initiative", kwargs={"slug": self.slug})


class InitiativeSource(Source):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="sources")


class Participation(models.Model):
    """A municipality that takes part in an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participations")
    city = models.ForeignKey(
        City, models.PROTECT, related_name="participations", verbose_name=_("municipality")
    )

    class Meta:
        verbose_name = _("participating municipality")
        verbose_name_plural = _("participating municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "city"],
                name="participation_once",
                violation_error_message=_("This municipality takes part already."),
            )
        ]

    def __str__(self):
        return str(self.city)


class MentoringPair(models.Model):
    """Two municipalities of an initiative that learn from each other."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="pairs")
    first = models.ForeignKey(
        City, models.PROTECT, related_name="pairs_as_first", verbose_name=_("municipality")
    )
    second = models.ForeignKey(
        City, models.PROTECT, related_name="pairs_as_second", verbose_name=_("its partner")
    )

    class Meta:
        verbose_name = _("mentoring pair")
        verbose_name_plural = _("mentoring pairs")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "first", "second"],
                name="mentoring_pair_once",
                violation_error_message=_("This pair is named already."),
            ),
            models.CheckConstraint(
                name="mentoring_pair_of_two",
                condition=~Q(first=F("second")),
                violation_error_message=_("A pair is made of two different municipalities."),
            ),
        ]

    def __str__(self):
        return f"{self.first} – {self.second}"


class DeclarationQuerySet(PublishedQuerySet):
    def signed_by_members_of(self, **networks):
        """Public declarations by the number of members of networks that signed them: `signed`.

        The networks are given by a condition on their memberships.
        """
        members = Membership.objects.current().filter(**networks).values("city")
        signed = number_of(Signature.objects.filter(city__in=members), by="declaration")
        return (
            self.published()
            .annotate(signed=signed)
            .filter(signed__gt=0)
            .order_by("-signed", "-date", "sort_name", "pk")
        )


class Declaration(Entry):
    """A joint statement or open letter of municipalities."""

    name_field = "title"
    search_fields = ["summary"]

    title = models.CharField(_("title"), max_length=250)
    date = PartialDateField(_("date"), blank=True, default="")
    summary = models.TextField(_("summary"))
    url = models.URLField(_("address of the text"), max_length=500, blank=True, default="")
    signatories = models.ManyToManyField(
        City, through="Signature", related_name="declarations", verbose_name=_("signatories in the directory")
    )
    signatories_total = models.PositiveIntegerField(
        _("number of signatories"),
        null=True,
        blank=True,
        help_text=_("As the source states it; can be more than are named here."),
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["-date", "sort_name"]

    def get_absolute_url(self):
        return reverse("networks:declaration", kwargs={"slug": self.slug})


class DeclarationSource(Source):
    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="sources")


class Signature(models.Model):
    """A municipality that signed a declaration."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="signatures")
    city = models.ForeignKey(City, models.PROTECT, related_name="signatures", verbose_name=_("municipality"))

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "city"],
                name="signature_once",
                violation_error_message=_("This municipality is named as a signatory already."),
            )
        ]

    def __str__(self):
        return str(self.city)


# How long a list waits to be confirmed.
WAITING = timedelta(days=1)


class RollQuerySet(models.QuerySet):
    def forget_old(self):
        """Delete what nobody has confirmed for a day."""
        return self.filter(created_at__lt=timezone.now() - WAITING).delete()


def no_choices():
    """Nothing is decided about a list yet: lines by their numbers, members who left by their keys."""
    return {"lines": {}, "left": {}}


class Roll(models.Model):
    """A list of a network's members, read and waiting until the editor confirms what it changes (`networks.rolls`)."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lines = models.JSONField()
    # Those of an earlier list to compare with; else the list is compared with the members that the network has.
    earlier = models.JSONField(default=list)
    # What holds for every line that says nothing else: role, since, source, country; confirms, is_complete.
    options = models.JSONField(default=dict)
    choices = models.JSONField(default=no_choices)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RollQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.network}: {len(self.lines)}"


class Layout(models.Model):
    """Where the nodes of the graph of networks lie, as last computed (see `networks.layout`). There is one at most."""

    # The node of each key as a list: x, y and the mark of its networks.
    nodes = models.JSONField()
    # Of the memberships that it was computed for.
    digest = models.CharField(max_length=32)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.computed_at)
