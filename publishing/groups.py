"""The group *Editors*: people who write the content and nothing else."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

EDITORS = "Editors"

ALL = ("view", "add", "change", "delete")

# What editors may do with the records of an app; with one kind of record where it is named.
RIGHTS = {
    "cities": ALL,
    "networks": ALL,
    "approaches": ALL,
    "commitments": ALL,
    "news": ALL,
    "pages": ("view", "add", "change"),  # the imprint can be archived, not lost
    "publishing": (),
    "publishing.formerslug": ("view",),
}


def keep_rights(app_config, using, apps=installed, **options):
    """Give the group exactly its rights over an app's records; called for each app after every migrate and flush."""
    try:
        Group = apps.get_model("auth", "Group")
        Permission = apps.get_model("auth", "Permission")
    except LookupError:
        return
    # The permissions of new models may not be there yet: who creates them is called in no certain order.
    create_permissions(app_config, using=using, apps=apps, **options | {"verbosity": 0})
    editors, _is_new = Group.objects.using(using).get_or_create(name=EDITORS)
    of_app = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    rightful = [right for right in of_app.select_related("content_type") if is_rightful(right)]
    editors.permissions.remove(*of_app.exclude(pk__in=[right.pk for right in rightful]))
    editors.permissions.add(*rightful)


def is_rightful(right):
    """Whether editors have a right."""
    kind = right.content_type
    verbs = RIGHTS.get(f"{kind.app_label}.{kind.model}", RIGHTS.get(kind.app_label, ()))
    return right.codename in [f"{verb}_{kind.model}" for verb in verbs]
