"""The rows of a list of approaches. Fifty of them are many nodes for a template, one loop for Python."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from approaches.templatetags.years import years
from publishing.addresses import address_of
from publishing.templatetags.publishing import text

register = template.Library()


@register.simple_tag
def approach_rows(approaches):
    """A list item for each row of `approaches.views.row_for_each_area`: title, facts, teaser and policy areas."""
    leads = {"joint": _("Led jointly"), "civil-society": _("Led by civil society")}
    by_the_municipality = _("Led by the municipality")
    return mark_safe(  # noqa: S308 - every value is escaped
        "\n".join(
            approach_row(approach, escape(leads.get(approach["lead"], by_the_municipality)))
            for approach in approaches
        )
    )


def approach_row(approach, lead):
    city = approach["city_slug"]
    areas = " ".join(
        f'<a class="area area--{area["slug"]}" href="{area["url"]}">{text(area["name"])}</a>'
        for area in approach["areas"]
    )
    return (
        f'<li class="row" data-place="{city}">'
        f'<h3 class="row__title"><a href="{address_of("approaches:detail", approach["slug"])}">{text(approach["title"])}</a></h3>'
        f'<p class="meta"><a href="{address_of("cities:detail", city)}">{escape(approach["city"])}</a>'
        f"<span>{text(approach['country'])}</span><span>{lead}</span>"
        f"<span>{years(approach['started'], approach['ended'])}</span></p>"
        f'<p class="row__teaser">{text(approach["teaser"])}</p>'
        f'<p class="areas">{areas} </p></li>'
    )
