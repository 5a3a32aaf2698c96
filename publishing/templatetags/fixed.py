"""Parts of a template that are the same on every page of a language."""

from django import template
from django.core.signals import setting_changed
from django.template.base import token_kwargs
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()

rendered = {}


@register.tag
def fixed(parser, token):
    """Render what is inside once for each language: {% fixed %} … {% endfixed %}.

    It holds words, addresses and static files, and knows no variables but those given to the tag, which must take few
    values: {% fixed section=request.resolver_match.namespace %} … {% endfixed %}.
    """
    values = token_kwargs(token.split_contents()[1:], parser)
    nodes = parser.parse(["endfixed"])
    parser.delete_first_token()
    return Fixed(nodes, values)


class Fixed(template.Node):
    def __init__(self, nodelist, values):
        self.nodelist = nodelist
        self.values = values

    def render(self, context):
        values = {name: value.resolve(context, ignore_failures=True) for name, value in self.values.items()}
        place = self, get_language(), get_script_prefix(), *values.values()
        text = rendered.get(place)
        if text is None:
            text = rendered[place] = self.nodelist.render(context.new(values))
        return text


# Only tests change settings while the site runs.
setting_changed.connect(lambda **signal: rendered.clear(), weak=False)
