"""Pages of networks, initiatives, declarations and organisations."""

from itertools import groupby

from django.db.models import IntegerField, Q, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cities.lines import lines_between, lines_of
from cities.maps import EUROPE, Map
from cities.models import City, Profile, city_name
from cities.points import geojson, lists_of_lines, named_places
from networks.actors import ORGANISATION, key_of
from networks.forms import NetworkFilterForm
from networks.members import Members
from networks.models import (
    BaseMembership,
    Declaration,
    Initiative,
    Membership,
    MentoringPair,
    Network,
    Organisation,
    OrganisationMembership,
    Participation,
    Signature,
    number_of,
)
from networks.years import At
from publishing.addresses import record_or_redirect
from publishing.citations import Citations
from publishing.forms import yes_if
from publishing.gather import as_written
from publishing.languages import current_language, in_language, text_of, texts
from publishing.listing import render_listing
from publishing.mentions import lists_of_mentions, on_its_day
from publishing.models import SOURCE_COLUMNS
from publishing.prepared import Parameter, ask_lists

RELATED = 8  # networks, declarations and approaches on the page of a network
NAMED_ON_MAP = 60  # on a map of more places only featured cities have their names


def approaches():
    """All public approaches; their app comes later in the import order."""
    return City.approaches.field.model.objects.published()


def network_list(request):
    form = NetworkFilterForm(request.GET)
    page = form.page(network_rows, form.total)
    return render_listing(
        request,
        "networks/list.html",
        {
            "form": form,
            "page": page,
            "total": form.total,
            "networks": [in_words(row) for row in page],
            "unknown": form.unknown,
            "facts": ask_lists("what networks bring about", lists_beside_networks),
        },
    )


def lists_beside_networks():
    """What networks bring about, and who works with them: every page of it has a way that leads to it."""
    return {
        "initiatives": (
            Initiative.objects.published().order_by("-started", "sort_name", "pk"),
            {"slug": "slug", "date": "started"} | texts(title="title"),
        ),
        "declarations": (
            Declaration.objects.published().order_by("-date", "sort_name", "pk"),
            {"slug": "slug", "date": "date"} | texts(title="title"),
        ),
        "organisations": (
            Organisation.objects.published().order_by("sort_name", "pk"),
            {"slug": "slug", "name": "name"},
        ),
    }


def network_rows(networks):
    """What a list shows of each network."""
    return as_written(networks).values(
        "slug",
        "acronym",
        "kind",
        "scope",
        "founded",
        "member_count",
        "organisation_count",
        **texts(shown_name="name", shown_summary="summary", country_name="country__name"),
    )


def in_words(row):
    """A row of a network with the words for its kind and scope."""
    return row | {"kind": Network.Kind(row["kind"]).label, "scope": Network.Scope(row["scope"]).label}


def network_detail(request, slug):
    network, moved = record_or_redirect(published_networks, slug)
    if moved:
        return moved
    request.page_languages = network.languages
    request.page_records = [network]
    request.page_picture = network.picture
    at = At.read(request.GET)
    facts = ask_lists("network", lists_about_network, network=network.pk)
    citations = Citations(facts["sources"])
    # In the order of the page, which is that of the ways back.
    municipalities, organisations = (
        citations.cite_memberships(facts[name]) for name in ("members", "organisations")
    )
    members = Members(municipalities, organisations, at)
    return render(
        request,
        "networks/detail.html",
        {
            "network": network,
            "at": at,
            "summary": text_of(network, "summary"),
            "description": text_of(network, "description"),
            "facts": facts,
            "members": members,
            "countries": by_country(members.municipalities),
            "sources": citations.sources,
            "events": [on_its_day(row) for row in facts["events"]],
            "map": map_of_members(network, members, lines_of(facts)),
        },
    )


def published_networks():
    """The networks with the number of approaches of their members."""
    in_members = number_of(approaches(), by="city__memberships__network")
    networks = Network.objects.published().select_related("country", "picture")
    return networks.annotate(approach_count=in_members)


def lists_about_network():
    """What other records say about a network, as lists for `ask_lists`."""
    network = Parameter("network", IntegerField())
    related = Network.objects.sharing_members_with(network, RELATED)
    declarations = Declaration.objects.signed_by_members_of(network=network)
    newest = approaches().filter(city__memberships__network=network).order_by("-started", "sort_name", "pk")
    return {
        "members": (
            Membership.objects.published().filter(network=network).order_by(*country_order("city__")),
            {"role": "role", "since": "since", "until": "until", "verified": "verified"}
            | {"source_url": "source_url", "population": "city__population"}
            | place("city__"),
        ),
        "organisations": (
            OrganisationMembership.objects.published()
            .filter(network=network)
            .order_by(sort_name("organisation__"), "organisation__slug"),
            {"slug": "organisation__slug", "name": "organisation__name", "kind": "organisation__kind"}
            | {"role": "role", "since": "since", "until": "until", "verified": "verified"}
            | {"source_url": "source_url"},
        ),
        **lists_of_lines(City.objects.published().filter(memberships__network=network), Q(network=network)),
        **lists_of_mentions(Network, network),
        "initiatives": (
            Initiative.objects.published().filter(network=network).order_by("-started", "sort_name", "pk"),
            {"slug": "slug", "started": "started", "ended": "ended"} | texts(title="title"),
        ),
        "declarations": (
            declarations.filter(pk__in=declarations.values("pk")[:RELATED]),
            {"slug": "slug", "date": "date", "signed": "signed"} | texts(title="title"),
        ),
        "related": (
            related,
            {"slug": "slug", "acronym": "acronym", "shared": "shared"} | texts(name="name"),
        ),
        "approaches": (
            newest.filter(pk__in=newest.values("pk")[:RELATED]),
            {"slug": "slug", "city": city_name("city__")} | texts(title="title"),
        ),
        "sources": sources_of(Network, network),
    }


def sources_of(model, record):
    """The sources of a record, given by its key, as a list for `ask_lists`."""
    sources = model._meta.get_field("sources")
    return (
        sources.related_model.objects.filter(**{sources.field.name: record}).order_by("position", "pk"),
        SOURCE_COLUMNS,
    )


# Municipalities of a record: in a list by country, and on a map.


def place(prefix):
    """What such a list shows of each municipality, as columns; the prefix leads to it: "city__"."""
    return {
        "slug": f"{prefix}slug",
        "name": city_name(prefix),
        "latitude": f"{prefix}latitude",
        "longitude": f"{prefix}longitude",
        "country_code": f"{prefix}country__code",
        "featured": yes_if(Profile.public(f"{prefix}profile__")),
    } | texts(country=f"{prefix}country__name")


def country_order(prefix):
    return [
        sort_name(f"{prefix}country__"),
        f"{prefix}country__code",
        sort_name(prefix),
        f"{prefix}slug",
    ]


def sort_name(prefix):
    """The column to sort by; a model without texts of its own does not find that of the language by itself."""
    return in_language(f"{prefix}sort_name", current_language())


def by_country(places):
    """Rows of municipalities in the order of their countries as a list of countries, each with its `cities`."""
    groups = [list(group) for _code, group in groupby(places, key=lambda row: row["country_code"])]
    return [
        {"code": cities[0]["country_code"].lower(), "name": cities[0]["country"], "cities": cities}
        for cities in groups
    ]


def map_of_members(network, members, lines):
    """The map of a network that the live map takes over, names on featured cities; None where no place is known.

    Lines join the members that work together in its initiatives. It opens on Europe where most of the members lie there
    and the rest on other continents.
    """
    listed = members.municipalities
    picture = map_of(
        listed,
        [member | {"marks": int(member["held"])} for member in listed if member["featured"]],
        members=[place_of(member) for member in members.current if is_on_map(member)],
        networks=[text_of(network, "name")],
        lines=lines,
        data_url=data_of_members(network, members.at),
    )
    if picture:
        south, west, north, east = EUROPE
        outside = sum(
            not (south <= latitude <= north and west <= longitude <= east)
            for latitude, longitude in picture.points
        )
        if 0 < outside < picture.count / 2:
            picture.bounds, picture.outside = EUROPE, outside
    return picture


def data_of_members(network, at):
    """The address of the points of the live map: those of all that ever were members, or of the members in a year."""
    if not at.year:
        return f"{reverse('cities:geojson')}?network={network.slug}"
    return f"{reverse('networks:geojson')}?kind=municipality&network={network.slug}&{at.query}"


def map_of_few(places, **more):
    """The map of an initiative or declaration, with all names unless there are too many; None if no place is known."""
    few = len(places) <= NAMED_ON_MAP
    return map_of(places, places if few else [row for row in places if row["featured"]], **more)


def map_of_partners(initiative, participants, pairs):
    """The map of an initiative that the live map takes over, with lines between those who work together."""
    places = {row["slug"]: place_of(row) for row in participants if is_on_map(row)}
    known = [pair for pair in pairs if {pair["mentor_slug"], pair["supported_slug"]} <= places.keys()]
    lines = lines_between(
        [list(places.values())],
        [(places[pair["mentor_slug"]], places[pair["supported_slug"]]) for pair in known],
    )
    address = reverse("networks:initiative_geojson", kwargs={"slug": initiative.slug})
    return map_of_few(participants, lines=lines, data_url=address)


def map_of(places, named, **more):
    points = [place_of(row) for row in places if is_on_map(row)]
    named = named_places(row for row in named if is_on_map(row))
    return Map.of(points, named=named, **more) if points else None


def is_on_map(row):
    return row["latitude"] is not None


def place_of(row):
    return row["latitude"], row["longitude"]


def initiative_detail(request, slug):
    initiative, moved = record_or_redirect(published_initiatives, slug)
    if moved:
        return moved
    request.page_languages = initiative.languages
    request.page_records = [initiative]
    request.page_picture = initiative.picture
    facts = ask_lists("initiative", lists_about_initiative, initiative=initiative.pk)
    return render(
        request,
        "networks/initiative.html",
        {
            "initiative": initiative,
            "summary": text_of(initiative, "summary"),
            "facts": facts,
            "countries": by_country(facts["participants"]),
            "map": map_of_partners(initiative, facts["participants"], facts["pairs"]),
        },
    )


def initiative_geojson(request, slug):
    initiative = get_object_or_404(Initiative.objects.published(), slug=slug)
    return geojson(City.objects.published().filter(pk__in=initiative.participations.values("city")))


def published_initiatives():
    return Initiative.objects.published().select_related("network", "picture")


def lists_about_initiative():
    """Who takes part in an initiative, as lists for `ask_lists`."""
    initiative = Parameter("initiative", IntegerField())
    participations = Participation.objects.filter(City.public("city__"), initiative=initiative)
    pairs = MentoringPair.objects.filter(
        City.public("first__"), City.public("second__"), initiative=initiative
    )
    return {
        "participants": (participations.order_by(*country_order("city__")), place("city__")),
        # The first of a pair is the municipality that was supported, the second its mentor.
        "pairs": (
            pairs.order_by(sort_name("second__"), sort_name("first__"), "pk"),
            {"mentor_slug": "second__slug", "mentor": city_name("second__")}
            | {"supported_slug": "first__slug", "supported": city_name("first__")},
        ),
        "sources": sources_of(Initiative, initiative),
    }


def declaration_detail(request, slug):
    declaration, moved = record_or_redirect(published_declarations, slug)
    if moved:
        return moved
    request.page_languages = declaration.languages
    request.page_records = [declaration]
    request.page_picture = declaration.picture
    facts = ask_lists("declaration", lists_about_declaration, declaration=declaration.pk)
    return render(
        request,
        "networks/declaration.html",
        {
            "declaration": declaration,
            "summary": text_of(declaration, "summary"),
            "facts": facts,
            "countries": by_country(facts["signatories"]),
            "map": map_of_few(facts["signatories"]),
        },
    )


def published_declarations():
    return Declaration.objects.published().select_related("picture")


def lists_about_declaration():
    """Who signed a declaration, as lists for `ask_lists`."""
    declaration = Parameter("declaration", IntegerField())
    signatures = Signature.objects.filter(City.public("city__"), declaration=declaration)
    return {
        "signatories": (signatures.order_by(*country_order("city__")), place("city__")),
        "sources": sources_of(Declaration, declaration),
    }


def organisation_detail(request, slug):
    organisation, moved = record_or_redirect(published_organisations, slug)
    if moved:
        return moved
    request.page_languages = organisation.languages
    request.page_records = [organisation]
    request.page_picture = organisation.picture
    facts = ask_lists(
        "organisation",
        lists_about_organisation,
        organisation=organisation.pk,
        line=f"\n{organisation.name}\n",
    )
    citations = Citations(facts["sources"])
    networks = citations.cite_memberships(facts["networks"])
    city = organisation.city if organisation.city and organisation.city.is_public() else None
    return render(
        request,
        "networks/organisation.html",
        {
            "organisation": organisation,
            "key": key_of(ORGANISATION, organisation.slug),
            "city": city,
            "country": organisation.country or (city and city.country),
            "summary": text_of(organisation, "summary"),
            "networks": [row | {"role": BaseMembership.Role(row["role"]).label} for row in networks],
            "unconfirmed": any(not row["verified"] for row in networks),
            "sources": citations.sources,
            "facts": facts,
            "map": city and Map.locating(city, featured=True),
        },
    )


def published_organisations():
    return Organisation.objects.published().select_related("city", "country", "city__country", "picture")


def lists_about_organisation():
    """Where an organisation works, as lists for `ask_lists`.

    Approaches name organisations in a text, one in each line: those count that have exactly its name as a line.
    """
    organisation = Parameter("organisation", IntegerField())
    memberships = OrganisationMembership.objects
    own = memberships.current().filter(organisation=organisation).values("network")
    declarations = Declaration.objects.signed_by_members_of(network__in=own)
    lines = Concat(Value("\n"), "organisations", Value("\n"), output_field=TextField())
    line = StrIndex(lines, Parameter("line", TextField()))
    return {
        "networks": (
            memberships.published().filter(organisation=organisation).order_by(sort_name("network__")),
            {"slug": "network__slug", "acronym": "network__acronym", "role": "role", "since": "since"}
            | {"until": "until", "verified": "verified", "source_url": "source_url"}
            | texts(name="network__name", summary="network__summary"),
        ),
        "initiatives": (
            Initiative.objects.published().filter(network__in=own).order_by("-started", "sort_name", "pk"),
            {"slug": "slug", "started": "started", "ended": "ended", "network_slug": "network__slug"}
            | texts(title="title", network="network__name"),
        ),
        "declarations": (
            declarations.filter(pk__in=declarations.values("pk")[:RELATED]),
            {"slug": "slug", "date": "date", "signed": "signed"} | texts(title="title"),
        ),
        "approaches": (
            approaches().alias(line=line).filter(line__gt=0).order_by("sort_name", "pk"),
            {"slug": "slug", "city_slug": "city__slug", "city": city_name("city__")}
            | texts(title="title", teaser="teaser"),
        ),
        "sources": sources_of(Organisation, organisation),
    }
