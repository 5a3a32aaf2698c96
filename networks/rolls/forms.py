"""The form that takes a list, and what a preview sends back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Country
from networks.models import Membership, Roll
from networks.rolls.names import Names, country_words
from networks.rolls.reading import LONGEST_SOURCE, MOST_BYTES, Unreadable, decoded, read, stored
from networks.years import EARLIEST, At, this_year


class Area(forms.Textarea):
    """A field for a list: long, and without the browser's spelling."""

    def __init__(self, rows):
        super().__init__(attrs={"rows": rows, "cols": 60, "spellcheck": "false", "autocomplete": "off"})


class RollForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("List"),
        required=False,
        widget=Area(12),
        help_text=gettext_lazy(
            "One member in each line: a name in any language of the site, or a short name in the address."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        help_text=gettext_lazy("Text or table (CSV) in UTF-8, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,.tsv,text/plain,text/csv"}),
        allow_empty_file=True,
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Membership.Role)
    since = forms.IntegerField(
        label=gettext_lazy("Members since"),
        required=False,
        help_text=gettext_lazy("A year, only if all of them joined in it."),
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        label=gettext_lazy("Country"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("any"),
    )
    source = forms.URLField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=LONGEST_SOURCE,
        assume_scheme="https",
        help_text=gettext_lazy("The address of the page or file that has the list."),
    )
    confirms = forms.BooleanField(
        label=gettext_lazy("The list is copied from this source: memberships that it names are confirmed"),
        required=False,
    )
    is_complete = forms.BooleanField(
        label=gettext_lazy("The list is complete: show whom it does not name any more"),
        required=False,
    )
    earlier = forms.CharField(
        label=gettext_lazy("An earlier list"),
        required=False,
        widget=Area(5),
        help_text=gettext_lazy(
            "To see who joined and left between two lists. Without it, the list is compared with the members here."
        ),
    )

    def __init__(self, network, *data):
        super().__init__(*data)
        self.network = network
        self.fields["since"].widget.attrs |= {"min": EARLIEST, "max": this_year()}
        self.fields["country"].queryset = Country.objects.order_by("sort_name")
        if network.country_id:
            self.fields["country"].initial = network.country.code

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Divide it into smaller ones."))
        return file

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since is not None and (problem := At.read({"at": str(since)}).problem):
            raise ValidationError(problem)
        return since

    def clean(self):
        data = self.cleaned_data
        if data.get("confirms") and not data.get("source") and "source" not in self.errors:
            self.add_error("source", _("Give the source from which the memberships are confirmed."))
        if data.get("file") and data.get("text"):
            self.add_error("file", _("Give either a list or a file."))
        elif not self.errors:
            self.read_lists()
        return data

    def read_lists(self):
        data = self.cleaned_data
        countries = country_words()
        self.lines = self.read("file" if data.get("file") else "text", countries)
        self.earlier_lines = self.read("earlier", countries) if data["earlier"].strip() else []

    def read(self, name, countries):
        """The lines of a field; what is wrong with them stands beside it."""
        content = self.cleaned_data[name]
        try:
            return read(content if isinstance(content, str) else decoded(content.read()), countries)
        except Unreadable as error:
            self.add_error(name, str(error))
            return []

    def save(self, user):
        """The roll that waits to be confirmed."""
        data = self.cleaned_data
        Names().find_near(self.lines)
        Roll.objects.forget_old()
        return Roll.objects.create(
            network=self.network,
            user=user,
            lines=stored(self.lines),
            earlier=stored(self.earlier_lines),
            options={
                "role": data["role"],
                "since": data["since"],
                "country": data["country"].code if data["country"] else "",
                "source": data["source"],
                "confirms": data["confirms"],
                "is_complete": data["is_complete"] or bool(self.earlier_lines),
            },
        )


def take_choices(roll, data):
    """Note in a roll what a preview that was sent says about the lines and members that it showed.

    Gives what is wrong with it, as sentences.
    """
    lines, left = roll.choices["lines"], roll.choices["left"]
    known = {str(line["number"]) for line in roll.lines}
    for count in set(data.getlist("line")) & known:
        lines[count] = {
            "take": data.get(f"take-{count}", "")[:50],
            "again": f"again-{count}" in data,
            "named": clean(data.get(f"named-{count}", "")),
            "country": clean(data.get(f"country-{count}", "")),
            "slug": clean(data.get(f"slug-{count}", "")),
        }
    problems = []
    for key in data.getlist("member"):
        at = At.read({"at": data.get(f"year-{key}", "")})
        problems += at.problems
        left[key] = at.year
    roll.choices["left"] = {key: year for key, year in left.items() if year}
    return problems


def clean(text):
    """What was typed, as short as a name and without what a database does not keep."""
    return " ".join(text.replace("\0", "").split())[:100]
