"""News and events, each linked to the cities, networks and policy areas it is about."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approaches.models import PolicyArea
from cities.models import City
from networks.models import Network
from publishing.fields import LinesField, PartialDateField, RichTextField
from publishing.models import Entry, PublishedQuerySet, Source


class News(Entry):
    """A news item."""

    name_field = "title"
    search_fields = ["body"]
    teaser_of = "body"

    date = PartialDateField(_("date"))
    title = models.CharField(_("title"), max_length=250)
    body = RichTextField(_("text"))
    teaser = models.CharField(max_length=400, blank=True, default="", editable=False)
    cities = models.ManyToManyField(City, through="NewsCity", related_name="news", verbose_name=_("cities"))
    networks = models.ManyToManyField(Network, related_name="news", blank=True, verbose_name=_("networks"))
    policy_areas = models.ManyToManyField(
        PolicyArea, related_name="news", blank=True, verbose_name=_("policy areas")
    )

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-date", "sort_name"]

    def get_absolute_url(self):
        return reverse("news:detail", kwargs={"slug": self.slug})


class NewsCity(models.Model):
    """A municipality that a news item is about."""

    news = models.ForeignKey(News, models.CASCADE, related_name="city_links")
    city = models.ForeignKey(City, models.PROTECT, related_name="news_links", verbose_name=_("municipality"))

    class Meta:
        verbose_name = _("municipality it is about")
        verbose_name_plural = _("municipalities it is about")
        constraints = [models.UniqueConstraint(fields=["news", "city"], name="news_names_city_once")]

    def __str__(self):
        return str(self.city)


class NewsSource(Source):
    news = models.ForeignKey(News, models.CASCADE, related_name="sources")


class EventQuerySet(PublishedQuerySet):
    def coming(self):
        """Events that are not over yet, the next one first."""
        return self.filter(end__gte=timezone.now()).order_by("start", "pk")

    def past(self):
        """Events that are over, the latest one first."""
        return self.filter(end__lt=timezone.now()).order_by("-start", "pk")


def validate_timezone(name):
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write a place such as Europe/Berlin."), params={"name": name}
        )


class Event(Entry):
    """A meeting, online or somewhere, at a time in a time zone of its own."""

    name_field = "title"
    search_fields = ["description"]
    country_path = "cities__country"

    title = models.CharField(_("title"), max_length=250)
    description = RichTextField(_("description"))
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    timezone = models.CharField(
        _("time zone"),
        max_length=50,
        validators=[validate_timezone],
        help_text=_("Where it happens: Europe/Berlin. Start and end are shown in this zone."),
    )
    online = models.BooleanField(_("online"), default=False)
    place = models.CharField(
        _("place"), max_length=200, blank=True, default="", help_text=_("Hall, street, town.")
    )
    registration_url = models.URLField(_("address for registration"), max_length=500, blank=True, default="")
    event_languages = LinesField(
        _("languages"),
        default="",
        help_text=_("The codes of the languages spoken there, one in each line: de."),
    )
    organisers = LinesField(_("organisers"), default="")
    cities = models.ManyToManyField(
        City, through="EventCity", related_name="events", verbose_name=_("cities")
    )
    networks = models.ManyToManyField(Network, related_name="events", blank=True, verbose_name=_("networks"))
    policy_areas = models.ManyToManyField(
        PolicyArea, related_name="events", blank=True, verbose_name=_("policy areas")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                name="event_end_not_before_start",
                condition=Q(end__gte=F("start")),
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    @property
    def main_text_field(self):
        return "description"

    def zone(self):
        return ZoneInfo(self.timezone)

    def local_start(self):
        """The start in the event's own time zone."""
        return self.start.astimezone(self.zone())

    def local_end(self):
        return self.end.astimezone(self.zone())

    def is_over(self):
        return self.end < timezone.now()

    def get_absolute_url(self):
        return reverse("news:event_detail", kwargs={"slug": self.slug})


class EventCity(models.Model):
    """A municipality that an event is about."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="city_links")
    city = models.ForeignKey(City, models.PROTECT, related_name="event_links", verbose_name=_("municipality"))

    class Meta:
        verbose_name = _("municipality it is about")
        verbose_name_plural = _("municipalities it is about")
        constraints = [models.UniqueConstraint(fields=["event", "city"], name="event_names_city_once")]

    def __str__(self):
        return str(self.city)


class EventSource(Source):
    event = models.ForeignKey(Event, models.CASCADE, related_name="sources")
