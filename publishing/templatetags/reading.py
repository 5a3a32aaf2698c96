"""What helps to read a long page: its table of contents, and the numbers that lead to its sources and back."""

import re

from django import template
from django.template.loader import get_template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from publishing import citations

register = template.Library()

HEADING = re.compile(r'<h2(?: id="([\w-]+)")?([^>]*)>(.*?)</h2>', re.S)
FEWEST = 4  # sections for which a table of contents is worth its room


@register.tag
def contents(parser, token):
    """The body of a record's page with its table of contents: {% contents %} … {% endcontents %}.

    Each heading `<h2>` inside is a section, so the table names exactly those that the page has; one without an `id`, in
    a text by an editor, gets one. A page of few sections gets no table.
    """
    nodes = parser.parse(["endcontents"])
    parser.delete_first_token()
    return Contents(nodes)


class Contents(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        sections = []

        def note(heading):
            anchor, attributes, title = heading.groups()
            anchor = anchor or f"section-{len(sections) + 1}"
            sections.append((anchor, mark_safe(strip_tags(title))))  # noqa: S308 - the page's own, escaped already
            return f'<h2 id="{anchor}"{attributes}>{title}</h2>'

        body = HEADING.sub(note, self.nodelist.render(context))
        page = {"body": mark_safe(body), "sections": sections if len(sections) >= FEWEST else []}  # noqa: S308
        return get_template("partials/_contents.html").render(page)


@register.simple_tag
def cite(citation):
    """The number of a source where it is cited: {% cite figure.citation %}. Nothing where nothing is cited."""
    if not citation:
        return ""
    return format_html(
        '<sup class="cite"><a id="{}" href="#source-{}" data-cite><span class="visually-hidden">{} </span>{}</a></sup>',
        citation.anchor,
        citation.number,
        _("Source"),
        citation.number,
    )


register.filter(citations.ways_back)
