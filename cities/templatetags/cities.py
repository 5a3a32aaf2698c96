"""What a list says about a city, in a line."""

from django import template
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.formats import number
from publishing.templatetags.publishing import text

register = template.Library()


@register.simple_tag
def city_facts(city):
    """Country, population, networks and approaches of a row of cities: those that are known, each in a span."""
    facts = [_("Featured city")] if city["featured"] else []
    facts.append(text(city["country_name"]))
    if (people := city["population"]) is not None:
        facts.append(
            ngettext("%(number)s inhabitant", "%(number)s inhabitants", people) % {"number": number(people)}
        )
    if networks := city["networks"]:
        facts.append(ngettext("%(number)s network", "%(number)s networks", networks) % {"number": networks})
    if approaches := city["approach_count"]:
        facts.append(
            ngettext("%(number)s local approach", "%(number)s local approaches", approaches)
            % {"number": approaches}
        )
    return format_html_join("", "<span>{}</span>", ((fact,) for fact in facts))
