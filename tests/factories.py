"""Invented records for tests: public unless the test says otherwise, with only what matters to it stated.

Text is English where no language is named: make_network(name="Harbours", name_pl="Porty"). A draft is status="draft";
a record of the future has its `published_at`.
"""

from datetime import timedelta
from itertools import count, product
from string import ascii_uppercase

from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.text import slugify

from approaches.models import Approach, PolicyArea, Synonym
from cities.models import City, Country, Profile
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Membership, Network, Organisation, OrganisationMembership
from news.models import Event, News
from pages.models import Page
from publishing.languages import in_language, translated_fields
from publishing.models import Picture, Publishable, Translator
from publishing.sorting import without_marks

numbers = count(1)
# Those come first that no country has; tests that ask for one that is not there ask for XX.
CODES = ["".join(pair) for pair in product("XQOYWJ" + ascii_uppercase, ascii_uppercase) if pair != ("X", "X")]


def make(model, **fields):
    """A saved record, public since yesterday; translated text without a language is English."""
    if issubclass(model, Publishable):
        fields.setdefault("status", Publishable.Status.PUBLISHED)
        if fields["status"] == Publishable.Status.PUBLISHED:
            fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    return model.objects.create(**in_english(model, fields))


def in_english(model, fields):
    translated = translated_fields(model)
    return {in_language(name, "en") if name in translated else name: fields[name] for name in fields}


def make_entry(model, name, **fields):
    """A public record with a name and an address of its own."""
    return make(model, **{model.name_field: name, "slug": slug_of(name)} | fields)


def slug_of(name):
    return slugify(without_marks(name)) or f"record-{next(numbers)}"


def make_picture(**fields):
    """A picture without its files; with them: `tests.pictures.stored`."""
    number = next(numbers)
    defaults = {"slug": f"picture-{number}", "digest": f"{number:032x}", "format": "jpg", "width": 1600}
    texts = {"alt": "Boats in the harbour", "credit": "A Photographer", "licence": "CC BY-SA 4.0"}
    return make(Picture, **defaults | {"height": 1000} | texts | fields)


def free_code():
    """A country code that is not taken yet."""
    taken = set(Country.objects.values_list("code", flat=True))
    return next(code for code in CODES if code not in taken)


def make_country(name=None, code=None, **fields):
    code = code or free_code()
    return make(Country, name=name or f"Country {code}", code=code, **fields)


def make_city(local_name=None, **fields):
    """A municipality by its official name; names in other words are name_en, name_pl and so on."""
    local_name = local_name or f"City {next(numbers)}"
    if "country" not in fields:
        fields["country"] = make_country()
    return make(City, local_name=local_name, **{"slug": slug_of(local_name)} | fields)


def make_profile(city=None, takeaways=(), figures=(), sources=("Source",), **fields):
    """The profile of a featured city, with takeaways as texts, sources as titles, figures as dicts of their fields."""
    defaults = {"subtitle": "A subtitle", "summary": "A summary of the city."}
    profile = make(Profile, city=city or make_city(), **defaults | fields)
    for position, text in enumerate(takeaways):
        profile.takeaways.create(position=position, text_en=text)
    for title in sources:
        make_source(profile, title)
    for figure in figures:
        make_key_figure(profile, **figure)
    return profile


def make_key_figure(profile, **fields):
    """A figure of a profile, from the profile's first source."""
    defaults = {
        "label": f"Figure {next(numbers)}",
        "value": 10,
        "position": profile.key_figures.count(),
        "source": fields.get("source") or profile.sources.first() or make_source(profile),
    }
    model = profile.key_figures.model
    return make(model, profile=profile, **defaults | fields)


def make_source(record, title=None, **fields):
    """A source of any record that has sources, after those it has already."""
    title = title or f"Source {next(numbers)}"
    return record.sources.create(**{"title": title, "position": record.sources.count()} | fields)


def make_network(name=None, **fields):
    name = name or f"Network {next(numbers)}"
    defaults = {"kind": "city-network", "scope": "european", "summary": f"What {name} does."}
    return make_entry(Network, name, **defaults | fields)


def make_membership(network=None, city=None, **fields):
    """A confirmed membership; verified=False for one that is still to be confirmed."""
    defaults = {"verified": True, "source_url": "https://network.example/members"}
    network, city = network or make_network(), city or make_city()
    return Membership.objects.create(network=network, city=city, **defaults | fields)


def make_organisation(name=None, networks=(), **fields):
    name = name or f"Organisation {next(numbers)}"
    organisation = make_entry(Organisation, name, **{"kind": "ngo", "summary": f"What {name} does."} | fields)
    organisation.networks.set(networks)
    return organisation


def make_organisation_membership(network=None, organisation=None, **fields):
    """A confirmed membership of an organisation; verified=False for one that is still to be confirmed."""
    defaults = {"verified": True, "source_url": "https://network.example/members"}
    network, organisation = network or make_network(), organisation or make_organisation()
    return OrganisationMembership.objects.create(
        network=network, organisation=organisation, **defaults | fields
    )


def make_initiative(title=None, cities=(), pairs=(), **fields):
    """A project of a network; pairs are given as (supported city, its mentor), which then take part as well."""
    title = title or f"Initiative {next(numbers)}"
    if "network" not in fields:
        fields["network"] = make_network()
    initiative = make_entry(Initiative, title, **{"summary": f"What {title} is about."} | fields)
    for city in dict.fromkeys([*cities, *(city for pair in pairs for city in pair)]):
        initiative.participations.create(city=city)
    for first, second in pairs:
        initiative.pairs.create(first=first, second=second)
    return initiative


def make_declaration(title=None, signatories=(), **fields):
    title = title or f"Declaration {next(numbers)}"
    declaration = make_entry(Declaration, title, **{"summary": f"What {title} says."} | fields)
    for city in signatories:
        declaration.signatures.create(city=city)
    return declaration


def make_policy_area(name=None, **fields):
    number = next(numbers)
    name = name or f"Policy area {number}"
    defaults = {"slug": slug_of(name), "order": number, "description": f"What {name} covers."}
    return make(PolicyArea, name=name, **defaults | fields)


def make_synonym(word, area=None, language="en"):
    return Synonym.objects.create(word=word, area=area or make_policy_area(), language=language)


def make_approach(title=None, policy_areas=(), related=(), **fields):
    title = title or f"Approach {next(numbers)}"
    if "city" not in fields:
        fields["city"] = make_city()
    defaults = {
        "short_title": title[:80],
        "lead": "municipality",
        "summary": f"What is inspiring about {title}.",
    }
    approach = make_entry(Approach, title, **defaults | fields)
    approach.policy_areas.set(policy_areas)
    approach.related.set(related)
    return approach


def make_commitment(title=None, places=(), **fields):
    """A pledge; places are given as (name, country)."""
    title = title or f"Commitment {next(numbers)}"
    defaults = {"kind": "pledge", "summary": f"What {title} promises.", "submitter": "Somebody"}
    commitment = make_entry(Commitment, title, **defaults | fields)
    for position, (name, country) in enumerate(places):
        commitment.places.create(position=position, name=name, country=country)
    return commitment


def make_news(title=None, cities=(), networks=(), policy_areas=(), **fields):
    title = title or f"News {next(numbers)}"
    defaults = {"date": "2024-05-01", "body": f"What happened in {title}."}
    item = make_entry(News, title, **defaults | fields)
    link_subjects(item, cities, networks, policy_areas)
    return item


def make_event(title=None, cities=(), networks=(), policy_areas=(), **fields):
    """A meeting of two hours, a week from now."""
    title = title or f"Event {next(numbers)}"
    start = fields.pop("start", None) or (timezone.now() + timedelta(days=7)).replace(microsecond=0)
    defaults = {
        "description": f"What happens at {title}.",
        "start": start,
        "end": start + timedelta(hours=2),
        "timezone": "Europe/Berlin",
    }
    event = make_entry(Event, title, **defaults | fields)
    link_subjects(event, cities, networks, policy_areas)
    return event


def link_subjects(record, cities, networks, policy_areas):
    for city in cities:
        record.city_links.create(city=city)
    record.networks.set(networks)
    record.policy_areas.set(policy_areas)


def make_page(slug="about", **fields):
    """An editable page; its slug is one of the five that the site has."""
    return make(Page, slug=slug, **{"title": "A page", "body": "The text of the page."} | fields)


def make_person(name, group, languages=()):
    """Somebody in the group Editors or Translators; the latter with languages."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    if languages:
        Translator.objects.create(user=user, languages=languages)
    return user
