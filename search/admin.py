"""What people search for and do not find, for editors to read."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from search.models import Miss


@admin.register(Miss)
class MissAdmin(admin.ModelAdmin):
    """Counted by the software; here it can be read, and a word be made a synonym of a policy area."""

    list_display = ["text", "language", "day", "count", "results", "synonym"]
    list_display_links = None
    list_filter = ["language", "day"]
    search_fields = ["text"]
    date_hierarchy = "day"
    ordering = ["-day", "-count", "text"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=_("synonym"))
    def synonym(self, miss):
        """The way to the form of a synonym, filled in."""
        values = urlencode({"language": miss.language, "word": miss.text})
        address = f"{reverse('admin:approaches_synonym_add')}?{values}"
        return format_html('<a href="{}">{}</a>', address, _("Add as a synonym"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
