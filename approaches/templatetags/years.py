"""When something was done, in short, for lists."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def years(started, ended):
    """The years from start to end, both partial dates: "2017–2019", "since 2016"."""
    first, last = started[:4], ended[:4]
    if first and last:
        return first if first == last else f"{first}–{last}"
    if first:
        return _("since %(year)s") % {"year": first}
    if last:
        return _("until %(year)s") % {"year": last}
    return format_html('<span class="not-known">{}</span>', _("years not known"))
