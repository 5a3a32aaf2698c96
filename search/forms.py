"""What somebody searches for, and what they want to see of it, read from the address."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.forms import ChoiceFacet, FilterForm
from search import finding
from search.query import parse


class IndexFacet(ChoiceFacet):
    """A filter whose values and counts the search index knows."""

    def __init__(self, name, label, whole=False):
        super().__init__(name, label, None, [])
        self.whole = whole


class SearchForm(FilterForm):
    """A search and the filters over what it finds. The index answers where other lists ask the tables."""

    facets = [
        IndexFacet("kind", gettext_lazy("Kind"), whole=True),
        IndexFacet("lang", gettext_lazy("Can be read in")),
        IndexFacet("area", gettext_lazy("Policy area")),
        IndexFacet("country", gettext_lazy("Country")),
    ]
    has_term = False
    sort_choices = []

    def __init__(self, data):
        self.sought = parse(data.get("q", ""))
        super().__init__(data, records=())
        self.q = self.sought.text
        if self.sought.left_out:
            self.problems.append(
                _("A search takes at most 200 characters and ten words. Left out: “%(text)s”.")
                % {"text": self.sought.left_out}
            )

    @cached_property
    def options(self):
        return finding.options()

    @cached_property
    def findings(self):
        """What is found on the page asked for. A page that does not exist is a problem, and the nearest one is shown."""
        asked = self.data.get("page") or "1"
        findings = finding.find(self.sought, self.choices, page=asked)
        self.is_beyond = asked != str(findings.page.number)
        if self.is_beyond:
            self.problems.append(_("There is no such page of results; this is the nearest one."))
        return findings

    @cached_property
    def choices(self):
        """The chosen values by facet."""
        chosen = {name: [option["key"] for option in options] for name, options in self.chosen.items()}
        return {name: keys for name, keys in chosen.items() if keys}

    @cached_property
    def counts(self):
        return {
            (facet, key): number
            for facet, numbers in self.findings.facets.items()
            for key, number in numbers.items()
        }

    @cached_property
    def active(self):
        """The active filters. What is searched for is none of them: the page says it anyhow."""
        return [
            (option["label"], self.without(facet.name, option["key"]))
            for facet in self.facets
            for option in self.chosen[facet.name]
        ]

    @property
    def cleared(self):
        return self.searching(self.q)

    def searching(self, text, **choices):
        """The query of the address of another search, under no filters but the given ones."""
        data = self.data.copy()
        data.clear()
        data["q"] = text
        for name, value in choices.items():
            data[name] = value
        return f"?{data.urlencode()}"

    @cached_property
    def elsewhere(self):
        """Where the same search finds something when its filters find nothing: a list of groups of ways.

        For each facet with a chosen value, the other values under which there are results: dicts of `name`, `label` and
        `ways`, each of those with a `label`, the `count` of results and their `address`.
        """
        groups = []
        for group in self.facet_groups:
            if group["name"] in self.choices:
                ways = [
                    option | {"address": self.instead(group["name"], option["key"])}
                    for option in group["options"]
                    if option["count"] and not option["chosen"]
                ]
                if ways:
                    groups.append({"name": group["name"], "label": group["label"], "ways": ways})
        return groups

    def instead(self, name, key):
        """The query of the address with another value of a facet in place of those chosen."""
        data = self.data.copy()
        data[name] = key
        data.pop("page", None)
        return f"?{data.urlencode()}"
