"""Events as iCalendar files (RFC 5545), for the reader's own calendar."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from publishing.languages import text_of

A_YEAR = timedelta(days=366)


def calendar_of(event, address):
    """A calendar with one event, in the reader's language; `address` is that of the event's page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Moving Cities//Events//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry_of(event, address))
    # The rules of the time zone for the years around the event, not for half a century.
    calendar.add_missing_timezones(event.start.date() - A_YEAR, event.end.date() + A_YEAR)
    return calendar.to_ical()


def entry_of(event, address):
    title, description = text_of(event, "title"), text_of(event, "description")
    entry = Entry()
    # Neither a new title nor another language makes it another event, so the identifier has none of them.
    entry.add("uid", f"event-{event.pk}@{urlsplit(address).hostname}")
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", event.local_start())
    entry.add("dtend", event.local_end())
    entry.add("summary", title.value, parameters={"LANGUAGE": title.language})
    if description:
        entry.add("description", plain(description.value), parameters={"LANGUAGE": description.language})
    if event.place or event.online:
        entry.add("location", event.place or _("Online"))
    entry.add("url", address)
    return entry


def plain(markup):
    """Rich text as plain text: a line for each item and break, an empty line between paragraphs."""
    text = re.sub(r"\s+", " ", markup)
    text = re.sub(r"<li[^>]*>", "\n– ", text)
    text = re.sub(r"<br[^>]*>", "\n", text)
    text = re.sub(r"</(p|h2|h3|ul|ol|blockquote)>", "\n\n", text)
    text = re.sub(r" *\n *", "\n", html.unescape(strip_tags(text)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
