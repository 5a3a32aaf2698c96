"""Countries, every municipality of the directory, and the researched profile of a featured one."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from publishing.constraints import SameOwner
from publishing.fields import RichTextField
from publishing.languages import LANGUAGES, current_language, in_language
from publishing.models import Entry, Pictured, Publishable, PublishedQuerySet, Sorted, Source, Translated

KM_PER_DEGREE = 111.2  # of latitude, on a sphere of the Earth's mean radius (6371 km)
NEARBY_KM = 300


class Country(Pictured, Sorted):
    """A country that has municipalities or commitments here."""

    code = models.CharField(_("code"), max_length=2, unique=True, help_text=_("ISO 3166-1, two letters: PL."))
    name = models.CharField(_("name"), max_length=100)

    country_path = "pk"

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                name="country_code_is_two_capitals",
                condition=Q(code__regex=r"^[A-Z][A-Z]$"),
                violation_error_message=_("A country code is two capital letters: PL."),
            )
        ]

    def __str__(self):
        return self.name_in(current_language())

    def get_absolute_url(self):
        return reverse("cities:country", kwargs={"code": self.code.lower()})


class Size(models.TextChoices):
    """Population classes, for towns that look for others of their size."""

    SMALL = "under-20000", _("under 20,000")
    MEDIUM = "20000-100000", _("20,000 to 100,000")
    LARGE = "100000-500000", _("100,000 to 500,000")
    METROPOLIS = "over-500000", _("500,000 and more")
    UNKNOWN = "not-known", _("not known")

    @classmethod
    def of(cls, population):
        """The class of a population; None is one that is not known."""
        if population is None:
            return cls.UNKNOWN
        limits = [(20_000, cls.SMALL), (100_000, cls.MEDIUM), (500_000, cls.LARGE)]
        return next((size for limit, size in limits if population < limit), cls.METROPOLIS)

    @staticmethod
    def expression():
        """The class of a city as a database expression."""
        return Case(
            When(population__isnull=True, then=Value(Size.UNKNOWN)),
            When(population__lt=20_000, then=Value(Size.SMALL)),
            When(population__lt=100_000, then=Value(Size.MEDIUM)),
            When(population__lt=500_000, then=Value(Size.LARGE)),
            default=Value(Size.METROPOLIS),
            output_field=models.CharField(),
        )


class CityQuerySet(PublishedQuerySet):
    def featured(self):
        """Cities with a researched profile that is public."""
        return self.filter(Profile.public("profile__"))

    def on_map(self):
        return self.exclude(latitude=None)

    def nearest_to(self, latitude, longitude, shrink):
        """Cities by their distance from a place, the nearest first: `distance`, in degrees of latitude, squared.

        The distance is that on a plane touching the Earth at the place, exact enough for neighbours; `shrink` is how
        much shorter a degree of longitude is there, the cosine of the latitude. Nothing beyond 300 km.
        """
        reach = NEARBY_KM / KM_PER_DEGREE
        north = F("latitude") - latitude
        east = (F("longitude") - longitude) * shrink
        return (
            self.alias(north=north, east=east)
            .filter(
                latitude__gte=latitude - reach, latitude__lte=latitude + reach, east__range=(-reach, reach)
            )
            .annotate(distance=F("north") * F("north") + F("east") * F("east"))
            .order_by("distance", "pk")
        )


class City(Entry):
    """A municipality, whether featured with a profile or known by its networks only."""

    local_name = models.CharField(
        _("official name"), max_length=100, help_text=_("As the municipality writes it.")
    )
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Only where it differs from the official name.")
    )
    country = models.ForeignKey(Country, models.PROTECT, related_name="cities", verbose_name=_("country"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the population"), null=True, blank=True)
    geonames_id = models.PositiveIntegerField(
        _("GeoNames number"), null=True, blank=True, help_text=_("The source of the population figure.")
    )
    website = models.URLField(_("website"), max_length=500, blank=True, default="")

    objects = CityQuerySet.as_manager()

    search_fields = ["local_name"]
    country_path = "country"
    complete_without = ["name"]

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["-population", "id"], name="city_by_population"),
            # What lists count, next to each other: reading whole rows of long texts would take ten times as long.
            models.Index(
                fields=["status", "published_at", "country", "population", "latitude", "longitude"],
                name="city_facts_of_lists",
            ),
            models.Index(fields=["country", "status", "published_at"], name="city_by_country"),
            models.Index(fields=["latitude", "longitude"], name="city_by_place"),
        ]
        constraints = [
            models.CheckConstraint(
                name="city_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                name="city_point_is_on_earth",
                condition=Q(latitude__isnull=True)
                | Q(longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("Latitude goes from −90 to 90, longitude from −180 to 180."),
            ),
            models.CheckConstraint(
                name="city_population_year_needs_population",
                condition=Q(population_year__isnull=True) | Q(population__isnull=False),
                violation_error_message=_("The year of the population needs the population."),
            ),
        ]

    def __str__(self):
        return self.name_in(current_language())

    def name_in(self, language):
        return getattr(self, in_language("name", language)) or self.local_name

    @classmethod
    def name_expression(cls):
        return city_name()

    def get_absolute_url(self):
        return reverse("cities:detail", kwargs={"slug": self.slug})

    @property
    def languages(self):
        """A municipality's facts exist in every language; the texts of a profile in those it is written in."""
        return self.public_profile.languages if self.public_profile else list(LANGUAGES)

    @cached_property
    def public_profile(self):
        """The profile, if there is one that anybody may see."""
        profile = getattr(self, "profile", None)
        return profile if profile and profile.is_public() else None


def city_name(prefix=""):
    """The name of a city in the reader's language as a database expression; the prefix leads to it: "city__"."""
    return Coalesce(
        in_language(f"{prefix}name", current_language()),
        f"{prefix}local_name",
        output_field=models.TextField(),
    )


class Profile(Publishable):
    """The researched text about a featured city."""

    city = models.OneToOneField(City, models.PROTECT, related_name="profile", verbose_name=_("city"))
    subtitle = models.CharField(_("subtitle"), max_length=200, help_text=_("Up to 12 words."))
    summary = RichTextField(_("summary"), help_text=_("50 to 70 words."))
    context = RichTextField(
        _("context"), blank=True, help_text=_("50 to 80 words: who lives here, what the city faced.")
    )
    strategy = RichTextField(
        _("strategy"),
        blank=True,
        help_text=_("50 to 80 words: what the municipality decided, how it is organised."),
    )
    cooperation = RichTextField(
        _("cooperation"),
        blank=True,
        help_text=_("50 to 80 words: civil society, networks, other levels of government."),
    )

    # The sections of the text, in the order of the page.
    SECTIONS = ["context", "strategy", "cooperation"]

    country_path = "city__country"

    class Meta:
        verbose_name = _("city profile")
        verbose_name_plural = _("city profiles")
        ordering = ["city__sort_name"]

    def __str__(self):
        return str(self.city)

    @classmethod
    def name_expression(cls):
        return city_name("city__")

    def get_absolute_url(self):
        return self.city.get_absolute_url()


class Takeaway(Translated):
    """What other cities can learn from a featured one, in a sentence."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="takeaways")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.CharField(_("text"), max_length=400, help_text=_("Up to 25 words."))

    part_of = "profile"
    country_path = "profile__city__country"

    class Meta:
        verbose_name = _("key takeaway")
        verbose_name_plural = _("key takeaways")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text or ""


class ProfileSource(Source):
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        abstract = False
        constraints = [
            # What the key figures' constraint refers to.
            models.UniqueConstraint(fields=["id", "profile"], name="profile_source_with_its_profile")
        ]


class KeyFigure(Translated):
    """A number that a source states about a featured city."""

    class Qualifier(models.TextChoices):
        ABOUT = "about", _("about")
        OVER = "over", _("over")

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="key_figures")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    label = models.CharField(_("label"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    unit = models.CharField(
        _("unit"),
        max_length=7,
        blank=True,
        default="",
        help_text=_("Empty for a count, “percent”, or the three letters of a currency: CHF."),
    )
    share = models.DecimalField(
        _("share"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("The same as a percentage of the inhabitants."),
    )
    qualifier = models.CharField(_("qualifier"), max_length=5, choices=Qualifier, blank=True, default="")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.ForeignKey(
        ProfileSource, models.RESTRICT, related_name="key_figures", verbose_name=_("source")
    )

    part_of = "profile"
    country_path = "profile__city__country"

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["position", "pk"]
        constraints = [
            SameOwner(
                name="key_figure_source_of_same_profile",
                reference="source",
                owner="profile",
                violation_error_message=_("The source of a key figure must be one of the same profile."),
            ),
            models.CheckConstraint(
                name="key_figure_unit_is_known",
                condition=Q(unit__in=["", "percent"]) | Q(unit__regex=r"^[A-Z][A-Z][A-Z]$"),
                violation_error_message=_(
                    "The unit is empty, “percent”, or three capital letters of a currency."
                ),
            ),
            models.CheckConstraint(
                name="key_figure_share_is_a_percentage",
                condition=Q(share__isnull=True) | Q(share__range=(0, 100)),
                violation_error_message=_("A share lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self):
        return self.label or ""
