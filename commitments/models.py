"""Pledges and practices that local governments anywhere in the world have submitted."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import Country
from publishing.fields import PartialDateField, end_not_before_start
from publishing.models import Entry, PublishedQuerySet, Source


class CommitmentQuerySet(PublishedQuerySet):
    def from_countries_of(self, commitment):
        """Other commitments that apply somewhere in the countries of one, given by its key."""
        countries = Place.objects.filter(commitment=commitment).values("country")
        places = Place.objects.filter(country__in=countries)
        return self.filter(pk__in=places.values("commitment")).exclude(pk=commitment).alphabetically()


class Commitment(Entry):
    """A pledge, a practice or an event of one or more local governments."""

    class Kind(models.TextChoices):
        PLEDGE = "pledge", _("Pledge")
        PRACTICE = "practice", _("Practice")
        EVENT = "event", _("Event")

    name_field = "title"
    search_fields = ["summary", "submitter"]
    country_path = "places__country"

    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    submitter = models.CharField(_("submitted by"), max_length=300, blank=True, default="")
    started = PartialDateField(_("started"), blank=True, default="")
    ended = PartialDateField(_("ended"), blank=True, default="")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["sort_name"]
        constraints = [end_not_before_start("commitment_end_not_before_start")]

    def get_absolute_url(self):
        return reverse("commitments:detail", kwargs={"slug": self.slug})


class Place(models.Model):
    """Where a commitment applies: a city, a region or a country, on any continent."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=100)
    country = models.ForeignKey(Country, models.PROTECT, related_name="places", verbose_name=_("country"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class CommitmentSource(Source):
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="sources")
