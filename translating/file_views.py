"""Pages about files for translators: what to send out, what to take in, and what that would change."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from publishing.formats import number
from publishing.forms import page_of
from translating import files, imports
from translating.exports import TooMany, file_of, units_of
from translating.files.units import Unreadable
from translating.models import Upload
from translating.views import for_translators, page
from translating.worklist import WorkList

MOST_BYTES = 10 * 2**20
# More conflicts than a page can show well stay as they are; the file can be taken in again.
MOST_CONFLICTS = 100
MOST_REASONS = 50
# Others wait so long at most until they can write again: with SQLite, they would give up soon after.
SECONDS = 5


# What becomes of the texts of a file, in words.
OUTCOMES = {
    imports.NEW: gettext_lazy("new"),
    imports.CHANGED: gettext_lazy("changed"),
    imports.VALID: gettext_lazy("confirmed as still valid"),
    imports.CONFLICT: gettext_lazy("in conflict: you decide"),
    imports.SAME: gettext_lazy("as on the site already"),
    imports.UNFINISHED: gettext_lazy("without translation or not finished: left out"),
    imports.REFUSED: gettext_lazy("refused"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLIFF 2.0, XLIFF 1.2 or CSV, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff,.csv"}),
        allow_empty_file=True,
    )
    takes_unfinished = forms.BooleanField(
        label=gettext_lazy("Take texts as well that the file calls unfinished"),
        help_text=gettext_lazy("For programs that do not note when a text is finished."),
        required=False,
    )

    def __init__(self, language, *data):
        super().__init__(*data)
        self.language = language

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Divide it into smaller ones."))
        return self.cleaned_data["file"]

    def clean(self):
        if file := self.cleaned_data.get("file"):
            try:
                self.units = imports.units_in(file.read(), self.language)
            except Unreadable as error:
                self.add_error("file", str(error))
        return self.cleaned_data

    def save(self, user):
        """The upload that waits to be confirmed."""
        Upload.objects.forget_old()
        return Upload.objects.create(
            user=user,
            language=self.language,
            name=self.cleaned_data["file"].name[-200:],
            units=imports.stored(self.units),
            takes_unfinished=self.cleaned_data["takes_unfinished"],
        )


@for_translators
def exchange(request, language):
    """What to send out and what to take in. The work list sends the entries that are ticked here."""
    if request.POST.get("action") == "choose":
        chosen = urlencode({"entry": request.POST.getlist("entry")}, doseq=True)
        return redirect(
            f"{reverse('translating:files', args=[language])}?{chosen or request.GET.urlencode()}"
        )
    form = UploadForm(language, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        return redirect("translating:import", language, form.save(request.user).pk)
    chosen = chosen_rows(language, request.GET)
    context = {
        "language": language,
        "form": form,
        "entries": len(chosen),
        "to_do": sum(row.todo for row in chosen),
        "texts": sum(sum(row.counts.values()) for row in chosen),
        "formats": [(name, files.FORMATS[name][0]) for name in files.FORMATS],
        "choice": [
            (name, value)
            for name in ("state", "kind", "country", "entry")
            for value in request.GET.getlist(name)
        ],
    }
    return page(request, "files", _("Files for translators"), context, status=200 if not form.errors else 400)


def chosen_rows(language, data):
    """The entries that the address names one by one, or those that fit its filter."""
    work = WorkList(language, data)
    named = set(data.getlist("entry"))
    return [row for row in work.every if row.key in named] if named else work.rows


@require_GET
@for_translators
def export(request, language):
    """The file of the chosen entries."""
    entries = [(row.kind, row.entry) for row in chosen_rows(language, request.GET)]
    back = f"{reverse('translating:files', args=[language])}?{request.GET.urlencode()}"
    format_name = request.GET.get("format", "")
    try:
        units = units_of(language, entries, only_to_do=request.GET.get("texts") != "all")
    except TooMany as error:
        messages.error(request, str(error))
        return redirect(back)
    if not units or format_name not in files.FORMATS:
        messages.warning(request, _("There is nothing to download: choose entries and a format."))
        return redirect(back)
    name, media_type, content = file_of(units, format_name, language)
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@for_translators
def take_in(request, language, pk):
    """What a file would change; and, once that is confirmed, changing it."""
    upload = get_object_or_404(Upload, pk=pk, user=request.user, language=language)
    units = imports.restored(upload.units)
    action = request.POST.get("action")
    if action == "cancel":
        upload.delete()
        messages.info(request, _("Nothing was changed."))
        return redirect("translating:files", language)
    if action == "confirm" and confirmed(request, upload, units):
        return redirect("translating:desk", language)
    return preview(request, upload, units)


def confirmed(request, upload, units):
    """Write what a file changes; whether that is all done. If not, a message says why."""
    try:
        writing = imports.write(
            units,
            upload.language,
            request.user,
            request.POST.get("mark", ""),
            chosen_conflicts(request),
            upload.takes_unfinished,
            SECONDS,
        )
    except imports.Meanwhile:
        message = _("Texts have changed meanwhile, so nothing has been written. Look at the conflicts again.")
        messages.error(request, message)
        return False
    except PermissionDenied as error:
        messages.error(request, str(error))
        return False
    message = ngettext(
        "%(count)s text of the file is saved.", "%(count)s texts of the file are saved.", writing.written
    )
    messages.success(request, message % {"count": number(writing.written)})
    if writing.left:
        tell_what_is_left(request, writing.left)
    else:
        upload.delete()
    return not writing.left


def tell_what_is_left(request, left):
    message = ngettext(
        "There was no time for %(count)s more text. Repeat the step.",
        "There was no time for %(count)s more texts. Repeat the step.",
        left,
    )
    messages.warning(request, message % {"count": number(left)})


def chosen_conflicts(request):
    """The keys of the conflicts in which the text of the file is to be taken."""
    return [name.removeprefix("choice:") for name, value in request.POST.items() if value == "file"]


def preview(request, upload, units):
    comparison = imports.Comparison(units, upload.language, upload.takes_unfinished)
    conflicts = comparison.of(imports.CONFLICT)
    changes = comparison.of(*imports.WRITTEN)
    refused = comparison.of(imports.REFUSED)
    shown = page_of(changes, request.POST.get("page"), len(changes))
    imports.name_entries([*conflicts[:MOST_CONFLICTS], *shown.object_list, *refused[:MOST_REASONS]])
    context = {
        "language": upload.language,
        "upload": upload,
        "mark": comparison.mark,
        "counts": [(label, comparison.counts[outcome]) for outcome, label in OUTCOMES.items()],
        "conflicts": conflicts[:MOST_CONFLICTS],
        "more_conflicts": max(len(conflicts) - MOST_CONFLICTS, 0),
        "for_file": chosen_conflicts(request),
        "changes": shown,
        "refused": refused[:MOST_REASONS],
        "more_refused": max(len(refused) - MOST_REASONS, 0),
    }
    return page(request, "import", _("What the file changes"), context)
