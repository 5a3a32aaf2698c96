from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from publishing.groups import keep_rights


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("publishing")

    def ready(self):
        # Imported here: it needs the models of all apps.
        from publishing.following import listen
        from publishing.readings import write_if_due

        listen()
        request_finished.connect(write_if_due, dispatch_uid="publishing.readings")
        post_migrate.connect(keep_rights, dispatch_uid="publishing.groups")
