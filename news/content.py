"""The files of news and events."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.models import Event, News
from publishing.content.columns import SOURCES, Column, Lines, Reference, References, Rows, Translated
from publishing.content.files import YamlFile

# What an item is about; no item has to be about anything.
SUBJECTS = [
    Rows("cities", Reference("city"), "city_links", optional=True, ordered=False),
    References("networks", optional=True),
    References("policy_areas", optional=True),
]


class NewsFile(YamlFile):
    name = "news.yaml"
    model = News
    fields = [Column("slug"), Column("date"), Translated("title"), Translated("body"), *SUBJECTS, SOURCES]
    prefetch = ["city_links__city"]


class Moment(Column):
    """A point in time, written in the event's own time zone."""

    def canonical(self, value, model):
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(_("A time with its offset is expected: 2021-10-21T10:00:00+02:00."))
        return moment.isoformat()

    def load(self, record, value, lookup):
        setattr(record, self.column, datetime.fromisoformat(value) if value else None)

    def dump(self, record):
        return getattr(record, self.column).astimezone(ZoneInfo(record.timezone)).isoformat()


class EventFile(YamlFile):
    name = "events.yaml"
    model = Event
    fields = [
        Column("slug"),
        Translated("title"),
        Translated("description"),
        Moment("start"),
        Moment("end"),
        Column("timezone"),
        Column("online"),
        Column("place", optional=True),
        Column("registration_url"),
        Lines("languages", "event_languages"),
        Lines("organisers"),
        *SUBJECTS,
        SOURCES,
    ]
    prefetch = ["city_links__city"]

    def canonical(self, raw):
        """Times are compared and written in the event's own zone, whatever offset the file gives."""
        entry, wrong = super().canonical(raw)
        for name in ("start", "end"):
            if entry[name] and entry["timezone"]:
                moment = datetime.fromisoformat(entry[name])
                entry[name] = moment.astimezone(ZoneInfo(entry["timezone"])).isoformat()
        return entry, wrong


files = [NewsFile(), EventFile()]
