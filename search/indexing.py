"""The index follows the records: what has changed is noted when it is saved, and written when that is certain."""

from functools import cache
from itertools import chain

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils import timezone
from modelsearch.backends import get_search_backend

from publishing.models import updated_in_bulk
from search import synonyms, vocabulary
from search.documents import DESCRIBERS, key, seconds
from search.models import Document

BATCH = 50  # records that are described and written together; nobody else writes to the database meanwhile
MANY = 300  # changes whose words are counted anew with those of all documents
LOCK = 7_305_144_192  # any number that nobody else takes: one process at a time writes the index

# Rows that are a part of a record: where its key is.
PARTS = {
    "cities.profile": ("cities.city", "city_id"),
    "cities.takeaway": ("cities.profile", "profile_id"),
    "cities.keyfigure": ("cities.profile", "profile_id"),
    "networks.participation": ("networks.initiative", "initiative_id"),
    "networks.organisationmembership": ("networks.organisation", "organisation_id"),
    "commitments.place": ("commitments.commitment", "commitment_id"),
    "news.newscity": ("news.news", "news_id"),
    "news.eventcity": ("news.event", "event_id"),
}


# Noting


def listen():
    """Follow every record that is in a document."""
    for label in followed():
        model = apps.get_model(label)
        post_save.connect(note_record, sender=model, dispatch_uid="search.indexing")
        pre_delete.connect(note_dependent, sender=model, dispatch_uid="search.indexing")
        post_delete.connect(note_record, sender=model, dispatch_uid="search.indexing")
    for label in PARTS:
        model = apps.get_model(label)
        post_save.connect(note_part, sender=model, dispatch_uid="search.indexing")
        post_delete.connect(note_part, sender=model, dispatch_uid="search.indexing")
    for relation in relations():
        m2m_changed.connect(note_relation, sender=relation, dispatch_uid="search.indexing")
    updated_in_bulk.connect(note_update, dispatch_uid="search.indexing")


@cache
def followed():
    """The labels of all models whose records are in documents."""
    own = (describer.model._meta.label_lower for describer in DESCRIBERS.values())
    return set(chain(own, *(describer.follows for describer in DESCRIBERS.values())))


def relations():
    """The tables of relations without a model of their own, between records that are in documents."""
    for describer in DESCRIBERS.values():
        for field in describer.model._meta.many_to_many:
            if field.remote_field.through._meta.auto_created:
                yield field.remote_field.through


def note_record(sender, instance, **kwargs):
    note(sender._meta.label_lower, [instance.pk])


def note_part(sender, instance, **kwargs):
    owner, column = PARTS[sender._meta.label_lower]
    note(owner, [getattr(instance, column)])


def note_dependent(sender, instance, **kwargs):
    """Before a record is deleted: afterwards nobody knows in which documents it was."""
    for describer, keys in affected({sender._meta.label_lower: {instance.pk}}):
        note(describer.model._meta.label_lower, keys)


def note_relation(sender, instance, action, reverse, model, pk_set, **kwargs):
    if not reverse:
        note(instance._meta.label_lower, [instance.pk])
    elif action == "pre_clear":
        note_dependent(type(instance), instance)
    else:
        note(model._meta.label_lower, pk_set or ())


def note_update(sender, keys, **kwargs):
    label = sender._meta.label_lower
    if label in followed() or label == "cities.profile":
        note(label, keys)


def note(label, keys):
    """Remember that records have changed, until that is certain."""
    noted().setdefault(label, set()).update(keys)
    transaction.on_commit(catch_up, robust=True)


def noted():
    """The changes that are not in the index yet: {"cities.city": keys}. Each connection has its own transaction."""
    if not hasattr(connection, "noted_for_search"):
        connection.noted_for_search = {}
    return connection.noted_for_search


# Writing


def catch_up():
    """Write what has been noted. What a transaction has taken back since is found unchanged."""
    changes = dict(noted())
    noted().clear()
    concerned = list(affected(changes))
    many = sum(len(keys) for _describer, keys in concerned) > MANY
    for describer, keys in concerned:
        write(describer, keys, counts=not many)
    if many:
        count_words()


def affected(changes):
    """The kinds in whose documents changed records are, each with the keys of its own records."""
    for describer in DESCRIBERS.values():
        keys = set(changes.get(describer.model._meta.label_lower, ()))
        for label in describer.follows:
            if label in changes:
                keys.update(describer.dependent(label, changes[label]))
        if keys:
            yield describer, keys


def write(describer, keys, anew=False, counts=True):
    """Bring the documents of records up to date, or write all of them anew; how many records had others before.

    Whoever writes many counts their words afterwards, all at once.
    """
    number = 0
    for batch in batches(keys):
        with transaction.atomic():
            one_at_a_time()
            wrong, right = differences(describer, batch, anew)
            number += replace(wrong, right)
            if counts:
                vocabulary.change(words_of(wrong), words_of(right))
    return number


def one_at_a_time():
    """Let nobody else write the index until the end of the transaction; SQLite has a single writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def differences(describer, keys, anew=False):
    """The documents of records that are no longer right, and those that should take their place."""
    records = {record.pk: record for record in describer.records(keys)}
    stored = {}
    for document in Document.objects.filter(key__in=[key(describer.model, pk) for pk in keys]):
        stored.setdefault(document.key, []).append(document)
    wrong, right = [], []
    for pk in keys:
        old = stored.get(key(describer.model, pk), [])
        new = list(describer.documents(records[pk])) if pk in records else []
        if anew or states(old) != states(new):
            wrong += old
            right += new
    return wrong, right


def states(documents):
    """What documents say, and when: those whose time is over are none any more."""
    now = seconds(timezone.now())
    return sorted(
        (max(document.since, now) if document.since else now, document.until, document.digest)
        for document in documents
        if document.until > now
    )


def replace(wrong, right):
    """Put documents in the place of others; how many records that concerns."""
    if not wrong and not right:
        return 0
    backend = get_search_backend()
    gone = [document.pk for document in wrong]
    backend.forget(gone)
    Document.objects.filter(pk__in=gone)._raw_delete(connection.alias)
    Document.objects.bulk_create(right)
    backend.add_bulk(Document, right)
    return len({document.key for document in (*wrong, *right)})


def words_of(documents):
    """The words of documents for the vocabulary; what is not public yet offers none."""
    return [vocabulary.words_of(document.spoken()) for document in documents if not document.since]


def count_words():
    """Count the words of all documents anew for the vocabulary."""
    vocabulary.rebuild(
        chain.from_iterable(words_of([document]) for document in Document.objects.iterator(BATCH))
    )


def batches(keys):
    keys = sorted(keys)
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


# All of it


def every_key():
    """All records, kind by kind: pairs of a Describer and the keys of its records and of documents without a record."""
    for describer in DESCRIBERS.values():
        keys = set(describer.records().values_list("pk", flat=True))
        for name in Document.objects.filter(kind=describer.kind).values_list("key", flat=True):
            keys.add(int(name.rpartition(":")[2]))
        yield describer, sorted(keys)


def rebuild(progress=lambda kind, done, total: None, anew=False):
    """Compare all documents with their records and write those that differ, while the site is up; how many did.

    What differs is written in short transactions, document by document in the place of its former one: there is no
    moment at which something is not found.
    """
    number = 0
    synonyms.renew()
    for describer, keys in every_key():
        for done, batch in enumerate(batches(keys), start=1):
            wrong, right = differences(describer, batch, anew)
            if concerned := {int(document.key.rpartition(":")[2]) for document in (*wrong, *right)}:
                number += write(describer, concerned, anew, counts=False)
            progress(describer.kind, min(done * BATCH, len(keys)), len(keys))
    if number:
        count_words()
    return number


def stale():
    """The keys of records whose documents are missing or not right: ["cities.city:12", …]."""
    found = set()
    for describer, keys in every_key():
        for batch in batches(keys):
            found.update(document.key for document in chain(*differences(describer, batch)))
    return sorted(found)
