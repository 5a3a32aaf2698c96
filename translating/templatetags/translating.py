"""What the templates of the desk need besides."""

from django import template

from publishing.models import Translation
from publishing.translations import languages_of
from translating import coverage as coverages
from translating import machine

register = template.Library()


@register.filter
def state_name(state):
    """The word for the state of a translation: "outdated"."""
    return Translation.State(state).label


@register.simple_tag
def desk_of(user):
    """The coverage of each language of a person, for the way to the desk; for others nothing."""
    own = languages_of(user)
    if not own:
        return []
    return [each for each in coverages.of_languages(coverages.counted()) if each.language in own]


@register.simple_tag
def machine_is_on():
    """Whether a machine translates on this site."""
    return machine.translator() is not None
