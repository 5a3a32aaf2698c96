"""Writing what a list changes, all or nothing."""

from typing import NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction

from cities.models import City, Country
from networks.models import Network
from networks.rolls.comparing import COMPLETED, CREATED, JOINS, KINDS, REJOINS, Comparison
from networks.rolls.names import CITY
from publishing.models import Edit


class Meanwhile(Exception):
    """The directory has changed since the preview: what was agreed to is not what would be written."""


class Writing(NamedTuple):
    """How many entries a list has changed."""

    added: int
    created: int
    completed: int
    ended: int


def write(roll, user, mark):
    """Write what a roll changes, as its Comparison shows it; gives a Writing, and deletes the roll.

    `mark` is that of the Comparison that the person has seen. Raises Meanwhile.
    """
    try:
        return write_all(roll, user, mark)
    except IntegrityError:
        raise Meanwhile from None


def write_all(roll, user, mark):
    with transaction.atomic():
        # Whoever else is writing members of this network is waited for.
        Network.objects.select_for_update().get(pk=roll.network_id)
        comparison = Comparison(roll)
        if comparison.mark != mark:
            raise Meanwhile
        created = create_cities(comparison.of(CREATED), user)
        added = add_memberships(roll.network, comparison.of(JOINS, CREATED), user)
        completed = change_memberships(comparison.of(COMPLETED, REJOINS), user)
        ended = end_memberships(comparison.ending, user)
        roll.delete()
    return Writing(added, created, completed, ended)


def create_cities(entries, user):
    """Give each entry its new municipality, a draft; how many there are."""
    countries = dict(Country.objects.values_list("code", "pk"))
    cities = []
    for entry in entries:
        city = City(
            local_name=entry.line.name,
            slug=entry.slug,
            country_id=countries[entry.country],
            status=City.Status.DRAFT,
        )
        city.edit = Edit(user)
        city.save()
        cities.append(city)
        entry.key = f"{CITY}:{city.pk}"
    note(user, cities, ADDITION, {"added": {}})
    return len(cities)


def add_memberships(network, entries, user):
    members = members_of(entries)
    memberships = []
    for entry in entries:
        member = members[entry.key]
        model = KINDS[entry.key.partition(":")[0]]
        memberships.append(
            model.objects.create(network=network, **{model.member_field: member}, **entry.changes)
        )
    note(user, memberships, ADDITION, {"added": {}})
    return len(memberships)


def members_of(entries):
    """The records of those whom entries name, by their keys."""
    members = {}
    for kind, model in KINDS.items():
        keys = [int(entry.key.partition(":")[2]) for entry in entries if entry.key.startswith(f"{kind}:")]
        records = model._meta.get_field(model.member_field).related_model.objects.in_bulk(keys)
        members |= {f"{kind}:{pk}": record for pk, record in records.items()}
    return members


def change_memberships(entries, user):
    for entry in entries:
        for name, value in entry.changes.items():
            setattr(entry.membership, name, value)
        entry.membership.save(update_fields=list(entry.changes))
        note(user, [entry.membership], CHANGE, changed(entry.membership, entry.changes))
    return len(entries)


def end_memberships(leavers, user):
    for leaver in leavers:
        leaver.membership.until = leaver.year
        leaver.membership.save(update_fields=["until"])
        note(user, [leaver.membership], CHANGE, changed(leaver.membership, ["until"]))
    return len(leavers)


def changed(record, fields):
    """What the history of a record says of changed fields."""
    labels = [str(record._meta.get_field(name).verbose_name) for name in fields]
    return {"changed": {"fields": labels}}


def note(user, records, flag, message):
    """Write into the histories of records who has added or changed them: a message in Django's form, or a sentence."""
    if records:
        LogEntry.objects.log_actions(
            user.pk, records, flag, message if isinstance(message, str) else [message]
        )
