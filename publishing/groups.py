"""The groups *Editors*, who write the content and nothing else, and *Translators*, who write it in their languages."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

EDITORS = "Editors"
TRANSLATORS = "Translators"

ALL = ("view", "add", "change", "delete")
VIEW = ("view",)

# What a group may do with the records of an app; with one kind of record where it is named.
RIGHTS = {
    EDITORS: {
        "cities": ALL,
        "networks": ALL,
        "approaches": ALL,
        "commitments": ALL,
        "news": ALL,
        "search": (),
        "search.miss": VIEW,
        "pages": ("view", "add", "change"),  # the imprint can be archived, not lost
        "publishing": (),
        "publishing.formerslug": VIEW,
        "publishing.picture": ALL,
        "publishing.translation": ("translate", "approve_translation"),
    },
    # They see all; that they may change the texts of their languages is the matter of the forms and the desk.
    TRANSLATORS: {
        "cities": VIEW,
        "networks": VIEW,
        "approaches": VIEW,
        "commitments": VIEW,
        "news": VIEW,
        "pages": VIEW,
        "publishing": (),
        "publishing.picture": VIEW,
        "publishing.translation": ("translate",),
    },
}


def keep_rights(app_config, using, apps=installed, **options):
    """Give the groups exactly their rights over an app's records; called for each app after every migrate and flush."""
    try:
        Group = apps.get_model("auth", "Group")
        Permission = apps.get_model("auth", "Permission")
    except LookupError:
        return
    # The permissions of new models may not be there yet: who creates them is called in no certain order.
    create_permissions(app_config, using=using, apps=apps, **options | {"verbosity": 0})
    of_app = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    for name, rights in RIGHTS.items():
        group, _is_new = Group.objects.using(using).get_or_create(name=name)
        rightful = [right for right in of_app.select_related("content_type") if is_rightful(right, rights)]
        group.permissions.remove(*of_app.exclude(pk__in=[right.pk for right in rightful]))
        group.permissions.add(*rightful)


def is_rightful(right, rights):
    """Whether a group with these rights has a right."""
    kind = right.content_type
    verbs = rights.get(f"{kind.app_label}.{kind.model}", rights.get(kind.app_label, ()))
    return right.codename in [*verbs, *(f"{verb}_{kind.model}" for verb in verbs)]
