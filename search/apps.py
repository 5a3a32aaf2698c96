from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self):
        # Imported here: it needs the models of all apps.
        from search.indexing import listen

        listen()
