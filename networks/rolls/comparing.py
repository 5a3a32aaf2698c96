"""What a list would change: its lines beside the members that a network has, and what the editor has decided.

Nothing is written here. A roll has `network`, `lines`, `earlier`, `options` and `choices`, see `networks.models.Roll`.
"""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.text import slugify

from cities.models import City
from networks.models import Membership, OrganisationMembership
from networks.rolls.names import CITY, ORGANISATION, Names, country_words
from networks.rolls.reading import Line, fold, restored
from publishing.fields import slug_validator
from publishing.sorting import without_marks
from publishing.translations import digest

# What becomes of a line.
JOINS, CREATED, REJOINS, COMPLETED, PRESENT, FORMER, UNSURE, UNKNOWN, LEFT_OUT, REPEATED, REFUSED = (
    "joins",
    "created",
    "rejoins",
    "completed",
    "present",
    "former",
    "unsure",
    "unknown",
    "left-out",
    "repeated",
    "refused",
)
WRITTEN = (JOINS, CREATED, REJOINS, COMPLETED)
KINDS = {CITY: Membership, ORGANISATION: OrganisationMembership}


@dataclass
class Choice:
    """What an editor has decided about a line."""

    take: str = ""  # the key of an entry, "named" for one that was typed, "new" for a draft, "leave"
    again: bool = False  # a former member is one again
    named: str = ""  # a name or short name in the directory that was typed
    country: str = ""  # of a draft, as typed
    slug: str = ""  # of a draft


@dataclass
class Entry:
    """A line of a list, whom it means, and what becomes of it."""

    line: Line
    choice: Choice
    candidates: list = field(default_factory=list)
    candidate: object = None
    key: str = ""  # of whom it means
    membership: object = None
    outcome: str = REFUSED
    asks: str = ""  # what the editor has to decide: UNSURE, UNKNOWN or FORMER
    changes: dict = field(default_factory=dict)  # what a membership gets, by field
    country: str = ""  # of a draft, its code
    slug: str = ""  # of a draft
    problem: str = ""  # why a decision cannot be carried out: "named", "country", "slug" or "taken"
    first: int | None = None  # the line that named the same before
    is_foreign: bool = False
    is_joining: bool = False  # the earlier list did not name it
    country_typed: str = ""  # what the field for a draft's country shows

    @property
    def identities(self):
        return {fold(self.line.name), *([self.key] if self.key else [])}

    @property
    def name(self):
        return self.candidate.name if self.candidate else self.line.name

    @property
    def role(self):
        """The role of a membership that begins, in words."""
        return Membership.Role(self.changes["role"]).label if "role" in self.changes else ""

    @property
    def differences(self):
        """What the list says otherwise than the directory: triples of the field's label, ours, and the list's."""
        said = {"role": self.line.role, "since": self.line.since, "until": self.line.until}
        shown = Membership.Role(self.line.role).label if self.line.role else ""
        return [
            (
                Membership._meta.get_field(name).verbose_name,
                self.membership.get_role_display() if name == "role" else getattr(self.membership, name),
                shown if name == "role" else value,
            )
            for name, value in said.items()
            if value and getattr(self.membership, name) not in (None, value)
        ]

    @property
    def changed(self):
        """What a membership that is there gets: pairs of the field's label and its value."""
        shown = [(name, value) for name, value in self.changes.items() if name != "verified"]
        pairs = [(Membership._meta.get_field(name).verbose_name, value) for name, value in shown]
        return pairs + (
            [(Membership._meta.get_field("verified").verbose_name, "✓")]
            if len(shown) < len(self.changes)
            else []
        )


@dataclass
class Leaver:
    """Somebody whom a complete list does not name any more."""

    key: str
    name: str
    membership: object = None
    perhaps: int | None = None  # the undecided line that may mean them
    year: int | None = None  # in which the membership is to end, as the editor says

    @property
    def can_end(self):
        return self.membership is not None and self.membership.until is None and self.perhaps is None

    @property
    def ends(self):
        return self.can_end and self.year is not None

    @property
    def ends_too_early(self):
        return self.ends and self.membership.since is not None and self.year < self.membership.since


def memberships_of(network):
    """The memberships of a network, present and former ones, by the keys of the members."""
    found = {}
    for kind, model in KINDS.items():
        rows = model._base_manager.filter(network=network).select_related(model.member_field)
        found |= {f"{kind}:{getattr(row, f'{model.member_field}_id')}": row for row in rows}
    return found


def state_of(membership):
    """What a preview has shown of a membership."""
    if membership is None:
        return None
    return membership.pk, membership.since, membership.until, membership.source_url, membership.verified


class Comparison:
    """The lines of a roll (`entries`, in their order) beside what the directory has at this moment."""

    def __init__(self, roll):
        self.options = roll.options
        self.choices = {int(count): Choice(**values) for count, values in roll.choices["lines"].items()}
        self.years = roll.choices["left"]
        self.names = Names()
        self.countries = country_words()
        self.memberships = memberships_of(roll.network)
        self.slugs = set(City._base_manager.values_list("slug", flat=True))
        self.named = {}
        self.facts = []
        self.entries = [self.entry(line) for line in restored(roll.lines)]
        self.earlier = restored(roll.earlier)
        self.mark_joining()

    # Lines

    def entry(self, line):
        line.country = line.country or self.options.get("country", "")
        entry = Entry(line, self.choices.get(line.number, Choice()))
        if line.problem:
            return entry
        keys = self.names.matches(line)
        self.facts.append(f"{line.number} {sorted(keys)}")
        self.identify(entry, keys)
        if entry.candidate:
            self.place(entry)
            if entry.choice.take == "leave" and entry.outcome in (JOINS, COMPLETED):
                entry.outcome = LEFT_OUT
        elif entry.choice.take == "leave":
            entry.outcome = LEFT_OUT
        elif entry.choice.take == "new":
            self.prepare_draft(entry)
        else:
            entry.outcome = entry.asks
        return entry

    def identify(self, entry, keys):
        """Find out whom a line means: who alone is called so, or whom the editor has chosen."""
        if len(keys) == 1 and not entry.line.unread:
            entry.candidate = self.names.candidates[keys[0]]
            return
        choice = entry.choice
        named = self.names.called(choice.named) if choice.named else []
        shown = list(dict.fromkeys([*named, *keys, *self.names.similar(entry.line)]))
        entry.candidates = [self.names.candidates[key] for key in shown]
        entry.asks = UNSURE if shown else UNKNOWN
        entry.is_foreign = self.names.is_foreign(entry.line.name)
        entry.country = self.countries.get(fold(choice.country), "") or entry.line.country
        entry.slug = self.slug_of(entry)
        if choice.take == "named" or (choice.named and not choice.take):
            entry.candidate = self.names.candidates[named[0]] if len(named) == 1 else None
            entry.problem = "" if entry.candidate else "named"
        else:
            entry.candidate = self.names.candidates.get(choice.take)

    def slug_of(self, entry):
        """The short name of a draft: as typed, else its name, with its country where somebody else is called so."""
        plain = slugify(without_marks(entry.line.name))[:90]
        if entry.choice.slug not in ("", plain):
            return entry.choice.slug
        return f"{plain}-{entry.country.lower()}" if plain in self.slugs and entry.country else plain

    def place(self, entry):
        """What becomes of a line that names somebody."""
        entry.key = key = entry.candidate.key
        if key in self.named:
            entry.outcome, entry.first = REPEATED, self.named[key]
            return
        self.named[key] = entry.line.number
        entry.membership = self.memberships.get(key)
        if entry.membership is None:
            entry.outcome = JOINS
            entry.changes = self.new_membership(entry.line)
        elif entry.membership.until is not None and entry.line.until is None:
            entry.asks = entry.asks or FORMER
            entry.outcome = REJOINS if entry.choice.again else FORMER
            entry.changes = {"until": None}
        else:
            entry.changes = self.completed(entry.membership, entry.line)
            entry.outcome = COMPLETED if entry.changes else PRESENT

    def new_membership(self, line):
        """The fields of a membership that begins."""
        source = line.source or self.options.get("source", "")
        since = line.since or self.options.get("since")
        if line.until and since and since > line.until:
            since = line.since
        return {
            "role": line.role or self.options.get("role") or Membership.Role.MEMBER.value,
            "since": since,
            "until": line.until,
            "source_url": source,
            "verified": bool(source and self.options.get("confirms")),
        }

    def completed(self, membership, line):
        """What a line says of a membership that is there and lacks it; what is known is never changed."""
        source = line.source or self.options.get("source", "")
        known = {"since": membership.since, "until": membership.until}
        changes = {name: getattr(line, name) for name in known if known[name] is None and getattr(line, name)}
        since, until = (changes.get(name, known[name]) for name in known)
        if since and until and since > until:
            changes = {}
        if source and not membership.verified and self.options.get("confirms"):
            changes |= {"source_url": source, "verified": True}
        elif source and not membership.source_url:
            changes["source_url"] = source
        return changes

    def prepare_draft(self, entry):
        """What a new municipality needs, or why it cannot be created."""
        entry.outcome = entry.asks
        key = f"new:{entry.country}:{fold(entry.line.name)}"
        if not entry.country:
            entry.problem = "country"
        elif key in self.named:
            entry.outcome, entry.first = REPEATED, self.named[key]
        elif not is_slug(entry.slug):
            entry.problem = "slug"
        elif entry.slug in self.slugs:
            entry.problem = "taken"
        else:
            entry.outcome = CREATED
            entry.changes = self.new_membership(entry.line)
            self.named[key] = entry.line.number
            self.slugs.add(entry.slug)

    # Two lists

    def mark_joining(self):
        """Say which lines the earlier list did not have."""
        if not self.earlier:
            return
        before = set().union(*(self.identities_of(line) for line in self.earlier))
        for entry in self.entries:
            # Nobody knows yet whom an undecided line means.
            perhaps = {candidate.key for candidate in entry.candidates} if entry.outcome == UNSURE else set()
            entry.is_joining = entry.outcome != REFUSED and not (entry.identities | perhaps) & before

    def identities_of(self, line):
        keys = self.names.matches(line)
        return {fold(line.name), *(keys if len(keys) == 1 else [])}

    @cached_property
    def leavers(self):
        """Whom the list does not name: of the earlier list, or of the present members."""
        if not self.options.get("is_complete"):
            return []
        found = self.left_since_earlier() if self.earlier else self.left_the_network()
        return sorted(found, key=lambda leaver: fold(leaver.name))

    def left_the_network(self):
        for key, membership in self.memberships.items():
            if membership.until is None and key not in self.named:
                yield self.leaver(key, str(membership.member))

    def left_since_earlier(self):
        now = set().union(*(entry.identities for entry in self.entries))
        seen = set()
        for line in self.earlier:
            identities = self.identities_of(line)
            if line.problem or identities & now or identities & seen:
                continue
            seen |= identities
            keys = [key for key in identities if key in self.names.candidates]
            if keys:
                yield self.leaver(keys[0], self.names.candidates[keys[0]].name)
            else:
                yield Leaver("", line.name)

    def leaver(self, key, name):
        perhaps = self.undecided.get(key)
        return Leaver(key, name, self.memberships.get(key), perhaps, self.years.get(key))

    @cached_property
    def undecided(self):
        """Who may be meant by lines that nobody has decided about: the number of the line by key."""
        return {
            candidate.key: entry.line.number
            for entry in reversed(self.entries)
            if entry.outcome == UNSURE
            for candidate in entry.candidates
        }

    # What the page shows

    def of(self, *outcomes):
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def asking(self):
        """Lines that the editor decides about, those that may mean somebody first."""
        order = (UNSURE, FORMER, UNKNOWN)
        asking = [entry for entry in self.entries if entry.asks]
        return sorted(asking, key=lambda entry: (not entry.problem, order.index(entry.asks)))

    @property
    def ending(self):
        return [leaver for leaver in self.leavers if leaver.ends and not leaver.ends_too_early]

    @cached_property
    def counts(self):
        counts = dict.fromkeys(
            (
                JOINS,
                CREATED,
                REJOINS,
                COMPLETED,
                UNSURE,
                FORMER,
                UNKNOWN,
                PRESENT,
                LEFT_OUT,
                REPEATED,
                REFUSED,
            ),
            0,
        )
        for entry in self.entries:
            counts[entry.outcome] += 1
        return counts

    @property
    def flawed(self):
        """Decisions that cannot be carried out: drafts that lack something, ends before the start."""
        drafts = [entry for entry in self.entries if entry.problem]
        return drafts + [leaver for leaver in self.leavers if leaver.ends_too_early]

    @property
    def is_writing(self):
        return any(self.counts[outcome] for outcome in WRITTEN) or bool(self.ending)

    @property
    def mark(self):
        """A digest of what the preview rests on, apart from the decisions: whoever agrees has seen exactly this."""
        members = sorted(f"{key} {state_of(row)}" for key, row in self.memberships.items())
        return digest("\n".join([*self.facts, *members]))


def is_slug(text):
    return bool(slug_validator.regex.search(text)) and len(text) <= City._meta.get_field("slug").max_length
