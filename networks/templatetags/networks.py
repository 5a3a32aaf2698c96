"""Lists of municipalities by country: members, participants, signatories."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from networks import charts
from networks.models import Membership
from networks.years import this_year
from publishing.formats import number
from publishing.languages import Text, current_language
from publishing.templatetags.publishing import lang_attribute, text
from publishing.templatetags.reading import cite

register = template.Library()

MANY = 40

DOUBT = ' <span class="members__doubt"><span class="visually-hidden">{}</span></span>'


@register.simple_tag
def places(countries):
    """The municipalities of each country. Hundreds of them are many nodes for a template, one loop for Python."""
    here, start = current_language(), reverse("cities:list")
    return format_html_join(
        "\n",
        '<section class="members__group"><h3 id="in-{}"><a href="{}"{}>{}</a> <span class="members__number">{}</span></h3>'
        "<ul>{}</ul></section>",
        (
            (
                country["code"],
                reverse("cities:country", kwargs={"code": country["code"]}),
                lang_attribute(country["name"], here),
                country["name"],
                number(len(country["cities"])),
                format_html_join(
                    "\n",
                    '<li data-place="{1}"><a href="{0}{1}/">{2}</a>{3}</li>',
                    ((start, city["slug"], city["name"], membership(city)) for city in country["cities"]),
                ),
            )
            for country in countries
        ),
    )


@register.filter
def are_many(countries):
    """Whether the municipalities of these countries fill more than a screen, so that ways to each country help."""
    return len(countries) > 1 and sum(len(country["cities"]) for country in countries) > MANY


def membership(city):
    """What a member's row says besides its name: role and years, the number of its source, whether it is confirmed."""
    if "role" not in city:
        return ""
    parts = []
    if note := ", ".join(filter(None, [role(city), years(city)])):
        parts.append(format_html(' <span class="members__note">{}</span>', note))
    if city["citation"]:
        parts.append(cite(city["citation"]))
    if not city["verified"]:
        parts.append(doubt())
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def doubt():
    """The mark of a membership that is not confirmed."""
    return format_html(DOUBT, _("not confirmed"))


def role(city):
    return "" if city["role"] == Membership.Role.MEMBER else str(Membership.Role(city["role"]).label)


@register.simple_tag(name="membership_years")
def years(city):
    """Since when or until when: "since 2004", "until 2019", "2004–2019"."""
    since, until = city["since"], city["until"]
    if since and until:
        return f"{since}–{until}"
    if until:
        return _("until %(year)s") % {"year": until}
    return _("since %(year)s") % {"year": since} if since else ""


@register.simple_tag
def with_spans(memberships):
    """The rows of memberships, each with the `span` of its years on one line for all of them, and the line's first year."""
    spans, first = charts.spans(memberships, this_year())
    rows = [row | {"span": span} for row, span in zip(memberships, spans, strict=True)]
    return {
        "rows": rows,
        "first": first,
        "last": this_year(),
        "known": any(row["since"] or row["until"] for row in rows),
    }


@register.simple_tag
def bar_label(bar):
    """What a bar stands for: a name in whatever language it exists, or words of the interface."""
    return text(bar.label) if isinstance(bar.label, Text) else bar.label
