"""Pages of networks, initiatives, declarations and organisations."""

from itertools import groupby

from django.db.models import Value
from django.db.models.functions import Concat, StrIndex
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cities.maps import Map
from cities.models import City, Profile, city_name
from networks.forms import NetworkFilterForm
from networks.models import Declaration, Initiative, Membership, Network, Organisation, number_of
from publishing.addresses import record_or_redirect
from publishing.forms import yes_if
from publishing.gather import as_written, gather
from publishing.languages import text_of, texts
from publishing.models import SOURCE_COLUMNS

RELATED = 8  # networks, declarations and approaches on the page of a network
NAMED_ON_MAP = 60  # on a map of more places only featured cities have their names
LONGEST_ADDRESS = 80  # characters of an address that stands as the title of a source


def approaches():
    """All public approaches; their app comes later in the import order."""
    return City.approaches.field.model.objects.published()


def network_list(request):
    form = NetworkFilterForm(request.GET, Network.objects.published().with_member_count())
    page = form.page(network_rows(form.results), form.total)
    return render(
        request,
        "networks/list.html",
        {"form": form, "page": page, "networks": [in_words(row) for row in page]},
    )


def network_rows(networks):
    """What a list shows of each network."""
    return as_written(networks).values(
        "slug",
        "acronym",
        "kind",
        "scope",
        "founded",
        "member_count",
        **texts(shown_name="name", shown_summary="summary", country_name="country__name"),
    )


def in_words(row):
    """A row of a network with the words for its kind and scope."""
    return row | {"kind": Network.Kind(row["kind"]).label, "scope": Network.Scope(row["scope"]).label}


def network_detail(request, slug):
    networks = Network.objects.published().select_related("country")
    in_members = number_of(approaches(), by="city__memberships__network")
    network, moved = record_or_redirect(networks.annotate(approach_count=in_members), slug=slug)
    if moved:
        return moved
    request.page_languages = network.languages
    facts = gather(**lists_about(network))
    members, sources = with_sources(facts["members"], facts["sources"])
    current = [member for member in members if not member["until"]]
    return render(
        request,
        "networks/detail.html",
        {
            "network": network,
            "summary": text_of(network, "summary"),
            "description": text_of(network, "description"),
            "facts": facts,
            "organisations": [
                row | {"kind": Organisation.Kind(row["kind"]).label} for row in facts["organisations"]
            ],
            "countries": by_country(map(described, members)),
            "members": len(members),
            "current": len(current),
            "former": len(members) - len(current),
            "current_countries": len({member["country_code"] for member in current}),
            "unconfirmed": sum(not member["verified"] for member in members),
            "sources": sources,
            "map": map_of(
                members,
                named=[member for member in members if member["featured"]],
                data_url=f"{reverse('cities:geojson')}?network={network.slug}",
            ),
        },
    )


def lists_about(network):
    """What other records say about a network, as lists for `gather`."""
    related = Network.objects.sharing_members_with(network)
    declarations = Declaration.objects.signed_by_members_of(network)
    newest = approaches().filter(city__memberships__network=network).order_by("-started", "sort_name", "pk")
    return {
        "members": (
            network.memberships.published().order_by(*country_order("city__")),
            {"role": "role", "since": "since", "until": "until", "verified": "verified"}
            | {"source_url": "source_url"}
            | place("city__"),
        ),
        "initiatives": (
            network.initiatives.published().order_by("-started", "sort_name", "pk"),
            {"slug": "slug", "started": "started", "ended": "ended"} | texts(title="title"),
        ),
        "declarations": (
            declarations.filter(pk__in=declarations.values("pk")[:RELATED]),
            {"slug": "slug", "date": "date", "signed": "signed"} | texts(title="title"),
        ),
        "organisations": (
            network.organisations.published().order_by("sort_name", "pk"),
            {"slug": "slug", "name": "name", "kind": "kind"},
        ),
        "related": (
            related.filter(pk__in=related.values("pk")[:RELATED]),
            {"slug": "slug", "acronym": "acronym", "shared": "shared"} | texts(name="name"),
        ),
        "approaches": (
            newest.filter(pk__in=newest.values("pk")[:RELATED]),
            {"slug": "slug", "city": city_name("city__")} | texts(title="title"),
        ),
        "sources": sources_of(network),
    }


def sources_of(record):
    return record.sources.order_by("position", "pk"), SOURCE_COLUMNS


def with_sources(members, sources):
    """The members, each with the number of its source on the page, and the sources with those of the members added."""
    sources = list(sources)
    numbers = {source["url"]: number for number, source in enumerate(sources, 1)}
    cited = []
    for member in members:
        url = member["source_url"]
        if url and url not in numbers:
            sources.append({"title": without_scheme(url), "publisher": "", "url": url, "date": ""})
            numbers[url] = len(sources)
        cited.append(member | {"source": numbers[url] if url else None})
    return cited, sources


def without_scheme(url):
    """An address for people to read: "eccar.info/members"."""
    address = url.split("://")[-1].removeprefix("www.").rstrip("/")
    return address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}…"


def described(member):
    """A member with a note on its role and years."""
    return member | {"note": ", ".join(filter(None, [role(member), years(member)]))}


def role(member):
    return "" if member["role"] == Membership.Role.MEMBER else str(Membership.Role(member["role"]).label)


def years(member):
    """Since when or until when: "since 2004", "until 2019", "2004–2019"."""
    since, until = member["since"], member["until"]
    if since and until:
        return f"{since}–{until}"
    if until:
        return _("until %(year)s") % {"year": until}
    return _("since %(year)s") % {"year": since} if since else ""


# Municipalities of a record: in a list by country, and on a map.


def place(prefix=""):
    """What such a list shows of each municipality, as columns for `gather`; the prefix leads to it: "city__"."""
    return {
        "slug": f"{prefix}slug",
        "name": city_name(prefix),
        "latitude": f"{prefix}latitude",
        "longitude": f"{prefix}longitude",
        "country_code": f"{prefix}country__code",
        "featured": yes_if(Profile.public(f"{prefix}profile__")),
    } | texts(country=f"{prefix}country__name")


def country_order(prefix=""):
    return [
        f"{prefix}country__sort_name",
        f"{prefix}country__code",
        f"{prefix}sort_name",
        f"{prefix}slug",
    ]


def by_country(places):
    """Rows of municipalities in the order of their countries as a list of countries, each with its `cities`."""
    groups = [list(group) for _code, group in groupby(places, key=lambda row: row["country_code"])]
    return [
        {"code": cities[0]["country_code"].lower(), "name": cities[0]["country"], "cities": cities}
        for cities in groups
    ]


def map_of(places, named=None, **more):
    """The map of those places that are known to lie somewhere, all with their names unless it says which."""
    places = [row for row in places if row["latitude"] is not None]
    if not places:
        return None
    if named is None:
        named = places if len(places) <= NAMED_ON_MAP else [row for row in places if row["featured"]]
    start = reverse("cities:list")
    return Map.of(
        [(row["latitude"], row["longitude"]) for row in places],
        featured=[
            {"latitude": row["latitude"], "longitude": row["longitude"], "name": row["name"]}
            | {"url": f"{start}{row['slug']}/"}
            for row in named
            if row["latitude"] is not None
        ],
        **more,
    )


def initiative_detail(request, slug):
    initiatives = Initiative.objects.published().select_related("network")
    initiative, moved = record_or_redirect(initiatives, slug=slug)
    if moved:
        return moved
    request.page_languages = initiative.languages
    pairs = initiative.pairs.filter(City.public("first__"), City.public("second__"))
    facts = gather(
        participants=(initiative.cities.published().order_by(*country_order()), place()),
        # The first of a pair is the municipality that was supported, the second its mentor.
        pairs=(
            pairs.order_by("second__sort_name", "first__sort_name", "pk"),
            {"mentor_slug": "second__slug", "mentor": city_name("second__")}
            | {"supported_slug": "first__slug", "supported": city_name("first__")},
        ),
        sources=sources_of(initiative),
    )
    return render(
        request,
        "networks/initiative.html",
        {
            "initiative": initiative,
            "summary": text_of(initiative, "summary"),
            "facts": facts,
            "countries": by_country(facts["participants"]),
            "map": map_of(facts["participants"]),
        },
    )


def declaration_detail(request, slug):
    declaration, moved = record_or_redirect(Declaration.objects.published(), slug=slug)
    if moved:
        return moved
    request.page_languages = declaration.languages
    facts = gather(
        signatories=(declaration.signatories.published().order_by(*country_order()), place()),
        sources=sources_of(declaration),
    )
    return render(
        request,
        "networks/declaration.html",
        {
            "declaration": declaration,
            "summary": text_of(declaration, "summary"),
            "facts": facts,
            "countries": by_country(facts["signatories"]),
            "map": map_of(facts["signatories"]),
        },
    )


def organisation_detail(request, slug):
    organisations = Organisation.objects.published().select_related("city", "country", "city__country")
    organisation, moved = record_or_redirect(organisations, slug=slug)
    if moved:
        return moved
    request.page_languages = organisation.languages
    facts = gather(
        networks=(
            organisation.networks.published().order_by("sort_name", "pk"),
            {"slug": "slug", "acronym": "acronym", "kind": "kind", "scope": "scope"}
            | texts(shown_name="name", country_name="country__name"),
        ),
        approaches=(
            naming(organisation.name).order_by("sort_name", "pk"),
            {"slug": "slug", "city_slug": "city__slug", "city": city_name("city__")}
            | texts(title="title", teaser="teaser"),
        ),
        sources=sources_of(organisation),
    )
    city = organisation.city if organisation.city and organisation.city.is_public() else None
    return render(
        request,
        "networks/organisation.html",
        {
            "organisation": organisation,
            "city": city,
            "country": organisation.country or (city and city.country),
            "summary": text_of(organisation, "summary"),
            "networks": [in_words(row) for row in facts["networks"]],
            "facts": facts,
            "map": city and Map.locating(city, featured=True),
        },
    )


def naming(organisation):
    """Approaches that have the name of an organisation, exactly so, as a line of their list of organisations."""
    lines = Concat(Value("\n"), "organisations", Value("\n"))
    return approaches().alias(place=StrIndex(lines, Value(f"\n{organisation}\n"))).filter(place__gt=0)
