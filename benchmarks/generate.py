"""Invented municipalities, networks and approaches in any number, to measure with."""

import random

from django.utils import timezone

from approaches.models import Approach, PolicyArea
from cities.models import City, Country, Profile
from networks.models import Membership, Network
from publishing.languages import LANGUAGES, in_language

BATCH = 1000
COUNTRIES = 58
NETWORKS = 33
AREAS = 6
WORDS = [
    "town",
    "hall",
    "council",
    "migrants",
    "refugees",
    "residents",
    "housing",
    "advice",
    "school",
    "language",
    "work",
    "rights",
    "support",
]


def texts(name, text):
    """The same invented text in every language."""
    return {in_language(name, language): f"{text} ({language})" for language in LANGUAGES}


def sentence(chance, words):
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def saved(model, records):
    """Records written in batches, with what `save` would derive."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        for record in batch:
            if hasattr(record, "remember"):
                record.remember()
        model.objects.bulk_create(batch)
    return records


def generate(number, seed=1):
    """Fill the database with so many municipalities, two memberships each, an approach for every tenth.

    The same seed gives the same content.
    """
    chance = random.Random(seed)
    public = {"status": "published", "published_at": timezone.now()}
    letters = [chr(65 + first) + chr(65 + second) for first in range(26) for second in range(26)]
    countries = saved(
        Country, [Country(code=code, **texts("name", f"Country {code}")) for code in letters[:COUNTRIES]]
    )
    areas = saved(
        PolicyArea,
        [
            PolicyArea(
                slug=f"area-{position}",
                order=position,
                **texts("name", f"Area {position}"),
                **texts("description", "…"),
            )
            for position in range(1, AREAS + 1)
        ],
    )
    networks = saved(
        Network,
        [
            Network(
                slug=f"network-{position}",
                acronym=f"N{position}",
                kind="city-network",
                scope="european",
                **texts("name", f"Network {position}"),
                **texts("summary", sentence(chance, 20)),
                **public,
            )
            for position in range(1, NETWORKS + 1)
        ],
    )
    cities = saved(
        City,
        [
            City(
                slug=f"city-{position}",
                local_name=f"City {position}",
                country=chance.choice(countries),
                latitude=chance.uniform(36, 65),
                longitude=chance.uniform(-9, 30),
                population=chance.choice([None, chance.randrange(1_000, 2_000_000)]),
                **public,
            )
            for position in range(1, number + 1)
        ],
    )
    saved(
        Membership,
        [
            Membership(network=network, city=city, source_url="https://city.example/", verified=True)
            for city in cities
            for network in chance.sample(networks, 2)
        ],
    )
    saved(
        Profile,
        [
            Profile(
                city=city,
                **texts("subtitle", "A featured city"),
                **texts("summary", sentence(chance, 60)),
                **public,
            )
            for city in cities[::25]
        ],
    )
    approaches = saved(
        Approach,
        [
            Approach(
                slug=f"approach-{city.slug}",
                city=city,
                lead="municipality",
                started=str(chance.randrange(1995, 2026)),
                **texts("title", f"Approach of {city.local_name}"),
                **texts("short_title", "Approach"),
                **texts("summary", sentence(chance, 50)),
                **texts("operation", sentence(chance, 80)),
                **public,
            )
            for city in cities[::10]
        ],
    )
    links = Approach.policy_areas.through
    links.objects.bulk_create(
        [
            links(approach=approach, policyarea=area)
            for approach in approaches
            for area in chance.sample(areas, chance.choice([1, 2]))
        ],
        batch_size=BATCH,
    )
