"""News and events on the pages of the cities, networks and policy areas that they are about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from publishing.languages import texts

LATEST = 5


def lists_of_mentions(model, owner):
    """The latest news and events about a record of the model, as lists for `gather`; the owner is its key."""
    return {
        "news": (
            latest(model, "news", owner, "-date", "-pk"),
            {"slug": "slug", "date": "date"} | texts(title="title"),
        ),
        "events": (
            latest(model, "events", owner, "-start", "-pk"),
            {"slug": "slug", "start": "start", "timezone": "timezone"} | texts(title="title"),
        ),
    }


def latest(model, relation, owner, *order):
    relation = model._meta.get_field(relation)
    about = relation.related_model.objects.published().filter(**{relation.field.name: owner}).order_by(*order)
    return about.filter(pk__in=about.values("pk")[:LATEST])


def on_its_day(event):
    """The row of an event with the day on which it starts where it happens."""
    start = datetime.fromisoformat(event["start"])
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    return event | {"day": start.astimezone(ZoneInfo(event["timezone"])).date().isoformat()}
