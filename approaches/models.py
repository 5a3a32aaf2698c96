"""What cities do: local approaches, each in one or more policy areas."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cities.models import City
from publishing import words
from publishing.fields import AddressField, LinesField, PartialDateField, RichTextField, end_not_before_start
from publishing.languages import current_language
from publishing.models import Entry, Pictured, PublishedQuerySet, Sorted, Source


class PolicyArea(Pictured, Sorted):
    """One of the fields of local migration policy that approaches are sorted into."""

    slug = AddressField()
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"))

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy area")
        verbose_name_plural = _("policy areas")
        ordering = ["order"]

    def __str__(self):
        return self.name_in(current_language())

    def get_absolute_url(self):
        return reverse("approaches:policy_area", kwargs={"slug": self.slug})


class Synonym(models.Model):
    """A word by which people look for a policy area in one language, such as "housing"; editors keep them.

    Its key is the language with the stems of the word, so that every form of it is the same one: "pl:mieszkan".
    """

    MOST_WORDS = 3

    area = models.ForeignKey(
        PolicyArea, models.CASCADE, related_name="synonyms", verbose_name=_("policy area")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    word = models.CharField(
        _("word"), max_length=60, help_text=_("One word, or up to three that belong together, in any form.")
    )
    key = models.CharField(max_length=80, editable=False, db_index=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["area", "language", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "language", "word"],
                name="synonym_once",
                violation_error_message=_("The policy area has this word already."),
            )
        ]

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        self.key = self.own_key()
        super().save(*args, **kwargs)

    def clean(self):
        if not 1 <= len(words.words(self.word)) <= self.MOST_WORDS:
            raise ValidationError({"word": _("One to three words are expected.")})

    def own_key(self):
        return self.key_of(words.words(self.word), self.language)

    @staticmethod
    def key_of(found, language):
        """The key of words as `publishing.words.words` gives them."""
        return f"{language}:{' '.join(words.root(word, language) for word in found)}"


class ApproachQuerySet(PublishedQuerySet):
    def matching(self, text):
        """Approaches in whose texts, or in the names of whose city, each word of the text occurs."""
        approaches = self
        for beginnings in words.sought(text):
            condition = models.Q()
            for beginning in beginnings:
                condition |= models.Q(search_text__contains=f" {beginning}")
                condition |= models.Q(city__search_text__contains=f" {beginning}")
            approaches = approaches.filter(condition)
        return approaches

    def related_to(self, approach):
        """Approaches that editors have related to one, given by its key, whichever of the two names the other."""
        links = self.model.related.through.objects
        return self.filter(
            models.Q(pk__in=links.filter(from_approach=approach).values("to_approach"))
            | models.Q(pk__in=links.filter(to_approach=approach).values("from_approach"))
        ).alphabetically()

    def in_areas_of(self, approach):
        """Approaches in the policy areas of one, given by its key: most areas in common first, then the newest."""
        links = self.model.policy_areas.through.objects
        common = (
            links.filter(
                approach=models.OuterRef("pk"),
                policyarea__in=links.filter(approach=approach).values("policyarea"),
            )
            .order_by()
            .values("approach")
            .annotate(number=models.Count("pk"))
        )
        return (
            self.exclude(pk=approach)
            .annotate(common=models.Subquery(common.values("number")))
            .filter(common__gt=0)
            .order_by("-common", "-started", "sort_name", "pk")
        )


class Approach(Entry):
    """Something done in a municipality that others can learn from."""

    class Lead(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        CIVIL_SOCIETY = "civil-society", _("Civil society")
        JOINT = "joint", _("Led jointly")

    class State(models.TextChoices):
        """What is known about its end."""

        RUNNING = "running", pgettext_lazy("state of an approach", "running")
        ENDED = "ended", pgettext_lazy("state of an approach", "ended")
        UNKNOWN = "not-known", _("not known")

    name_field = "title"
    search_fields = ["short_title", "summary", "operation", "outcome", "organisations"]
    shown_with = ["city"]
    teaser_of = "summary"
    country_path = "city__country"

    city = models.ForeignKey(City, models.PROTECT, related_name="approaches", verbose_name=_("municipality"))
    title = models.CharField(_("title"), max_length=250)
    short_title = models.CharField(_("short title"), max_length=80, help_text=_("Up to 5 words."))
    policy_areas = models.ManyToManyField(
        PolicyArea, related_name="approaches", verbose_name=_("policy areas")
    )
    lead = models.CharField(_("led by"), max_length=20, choices=Lead)
    organisations = LinesField(
        _("organisations"), default="", help_text=_("The names of the bodies that run it, one in each line.")
    )
    started = PartialDateField(_("started"), blank=True, default="")
    ended = PartialDateField(_("ended"), blank=True, default="")
    summary = RichTextField(_("what is inspiring"), help_text=_("40 to 60 words."))
    operation = RichTextField(_("how it operates"), blank=True, help_text=_("60 to 100 words."))
    outcome = RichTextField(_("what the outcome is"), blank=True, help_text=_("30 to 60 words."))
    website = models.URLField(_("website"), max_length=500, blank=True, default="")
    related = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name=_("related approaches")
    )
    teaser = models.CharField(max_length=400, blank=True, default="", editable=False)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        verbose_name = _("local approach")
        verbose_name_plural = _("local approaches")
        ordering = ["sort_name"]
        constraints = [end_not_before_start("approach_end_not_before_start")]

    @classmethod
    def state_expression(cls):
        """What is known about its end, as a database expression.

        Without an end an approach with a start runs; without either, nobody has recorded anything.
        """
        return models.Case(
            models.When(~models.Q(ended=""), then=models.Value(cls.State.ENDED)),
            models.When(~models.Q(started=""), then=models.Value(cls.State.RUNNING)),
            default=models.Value(cls.State.UNKNOWN),
            output_field=models.CharField(),
        )

    def state(self):
        """The same for this record."""
        if self.ended:
            return self.State.ENDED
        return self.State.RUNNING if self.started else self.State.UNKNOWN

    def organisation_names(self):
        """The bodies that run it, as the editor wrote them."""
        return [name.strip() for name in self.organisations.splitlines() if name.strip()]

    def get_absolute_url(self):
        return reverse("approaches:detail", kwargs={"slug": self.slug})


class ApproachSource(Source):
    approach = models.ForeignKey(Approach, models.CASCADE, related_name="sources")
