"""Letting the machine write what is missing, on the desk."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.formats import number
from translating import machine
from translating.file_views import tell_what_is_left
from translating.views import for_translators, selected

# Nobody waits longer for a page, and the server ends it soon after.
SECONDS = 15


@for_translators
def suggest(request, language):
    """Let the machine write the missing texts of the chosen entries; back to the only one, or to the list."""
    if request.method != "POST":  # whoever had to sign in again comes back like this
        return redirect("translating:desk", language)
    chosen = request.POST.getlist("entry")
    states = machine.waiting(language).filter(pk__in=[row.pk for row in selected(chosen, language)])
    if machine.translator() is None:
        messages.error(request, _("Machine translation is off on this site."))
    elif not states:
        messages.warning(request, _("Nothing is missing in what you have chosen."))
    else:
        let_write(request, states)
    if request.POST.get("back") == "entry" and len(chosen) == 1:
        kind, _colon, entry = chosen[0].rpartition(":")
        if entry.isdecimal():
            return redirect("translating:entry", language, kind, int(entry))
    return redirect("translating:desk", language)


def let_write(request, states):
    try:
        writing = machine.write(states, request.user, seconds=SECONDS)
    except machine.Unavailable as error:
        messages.error(request, str(error))
        return
    message = ngettext(
        "The machine has translated %(count)s text. It waits to be approved.",
        "The machine has translated %(count)s texts. They wait to be approved.",
        writing.written,
    )
    messages.success(request, message % {"count": number(writing.written)})
    for problem in writing.problems[:5]:
        messages.warning(request, problem)
    if writing.left:
        tell_what_is_left(request, writing.left)
