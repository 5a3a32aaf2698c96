from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        # Imported here: it needs the models of all apps.
        from search.indexing import listen
        from search.misses import write_if_due

        listen()
        request_finished.connect(write_if_due, dispatch_uid="search.misses")
