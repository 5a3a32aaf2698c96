"""python -m benchmarks.graph: what the pages of networks cost with 5,000 actors, 200 networks and 40,000 memberships.

Invented records in a new SQLite file, the production form of the site, one gunicorn worker, a headless Chromium without a
graphics card. The layout of the graph is computed from nothing and again after one change; the pages are asked for their
queries, their time and their weight; the graph is dragged with the mouse for three seconds, whole and nearer.
"""

import gzip
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import SURROUNDINGS
from benchmarks.measure import Server

CITIES, ORGANISATIONS, NETWORKS, MEMBERSHIPS = 4_500, 500, 200, 40_000
ROUNDS = 3
WINDOW = {"width": 1280, "height": 900}
PAGES = {
    "actors": "/en/actors/",
    "networks": "/en/networks/",
    "a network": "/en/networks/network-1/",
    "a municipality": "/en/cities/city-1/",
    "an organisation": "/en/organisations/organisation-1/",
    "overlap": "/en/networks/overlap/",
    "connection": "/en/networks/connection/?from=city-1&to=city-4500",
    "peers": "/en/cities/city-1/peers/",
    "graph": "/en/networks/graph/",
    "graph of a network": "/en/networks/graph/?network=network-100",
    "graph in a year": "/en/networks/graph/?at=2015",
    "CSV": "/en/networks/graph.csv",
    "GraphML": "/en/networks/graph.graphml",
    "GEXF": "/en/networks/graph.gexf",
    "JSON": "/en/networks/graph.json",
    "SVG": "/en/networks/graph.svg",
    "PNG": "/en/networks/graph.png",
}

# One step of the mouse for each frame, there and back: frames per second, and the longest of them in milliseconds.
DRAG = """(stage) => new Promise((resolve) => {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const send = (type, far) => stage.dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: x + far, clientY: y + far / 2 }));
  stage.setPointerCapture = () => {};
  const start = performance.now();
  const times = [start];
  send("pointerdown", 0);
  const step = (now) => {
    times.push(now);
    if (now - start > 3000) {
      send("pointerup", 0);
      const lasted = times.slice(1).map((time, place) => time - times[place]);
      return resolve([1000 * lasted.length / (now - start), Math.max(...lasted.slice(1))]);
    }
    send("pointermove", 200 * Math.sin((now - start) / 400));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def generate(seed=1):
    """Fill the database: a few networks are large, most small, and some actors belong to many."""
    from benchmarks.generate import saved, texts
    from cities.models import City, Country
    from networks.models import Membership, Network, Organisation, OrganisationMembership

    chance = random.Random(seed)
    public = {"status": "published", "published_at": "2020-01-01T00:00Z"}
    letters = [f"{chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(60)]
    countries = saved(Country, [Country(code=code, **texts("name", f"Country {code}")) for code in letters])
    networks = saved(
        Network,
        [
            Network(
                slug=f"network-{number}",
                acronym=f"N{number}",
                kind="city-network",
                scope="european",
                **texts("name", f"Network of municipalities {number}"),
                **texts("summary", "What it does."),
                **public,
            )
            for number in range(1, NETWORKS + 1)
        ],
    )
    cities = saved(
        City,
        [
            City(
                slug=f"city-{number}",
                local_name=f"{chance.choice(letters)}{number}ville",
                country=chance.choice(countries),
                latitude=chance.uniform(36, 65),
                longitude=chance.uniform(-9, 30),
                population=chance.randrange(1_000, 2_000_000),
                **public,
            )
            for number in range(1, CITIES + 1)
        ],
    )
    organisations = saved(
        Organisation,
        [
            Organisation(
                slug=f"organisation-{number}",
                name=f"Organisation {number}",
                kind="ngo",
                city=chance.choice(cities),
                **texts("summary", "What it does."),
                **public,
            )
            for number in range(1, ORGANISATIONS + 1)
        ],
    )
    chosen = pairs(chance, [*cities, *organisations], networks)
    for model, field in [(Membership, "city"), (OrganisationMembership, "organisation")]:
        model.objects.bulk_create(
            [
                model(
                    network=network,
                    since=chance.choice([None, chance.randrange(1990, 2026)]),
                    source_url="https://city.example/",
                    verified=chance.random() < 0.8,
                    **{field: actor},
                )
                for actor, network in chosen
                if actor._meta.model_name == field
            ],
            batch_size=1000,
        )


def pairs(chance, actors, networks):
    """So many memberships, each actor in a network at least once."""
    sizes = [1 / (number + 5) ** 0.7 for number in range(len(networks))]
    activity = [1 / (number + 50) ** 0.6 for number in range(len(actors))]
    chosen = {(actor, chance.choices(networks, sizes)[0]) for actor in actors}
    while len(chosen) < MEMBERSHIPS:
        chosen.add((chance.choices(actors, activity)[0], chance.choices(networks, sizes)[0]))
    return sorted(chosen, key=lambda pair: (pair[1].pk, pair[0].slug))


def lay_out():
    """How long the layout takes, from nothing and after one change, and how far the change has moved the others."""
    from networks.graph import every_membership, renew_layout, stored_nodes
    from networks.layout import SPACING
    from networks.models import Membership

    start = time.perf_counter()
    number = renew_layout()
    seconds = time.perf_counter() - start
    before = stored_nodes()
    Membership.objects.filter(network__slug="network-7").first().delete()
    start = time.perf_counter()
    renew_layout()
    again = time.perf_counter() - start
    after = stored_nodes()
    moves = sorted(
        ((node.x - after[key].x) ** 2 + (node.y - after[key].y) ** 2) ** 0.5 / SPACING
        for key, node in before.items()
        if key in after
    )
    edges = sum(map(len, every_membership().values()))
    print(f"\n{number:,} nodes, {edges:,} memberships\n\n| layout | |\n|---|---:|")
    print(f"| from nothing, s | {seconds:.1f} |\n| after one change, s | {again:.1f} |")
    print(f"| moved by it, median, in distances of two actors | {statistics.median(moves):.2f} |")
    print(f"| moved by it, 99 of 100 less than | {moves[len(moves) * 99 // 100]:.2f} |")


def ask_pages():
    """The queries, time and weight of each page, without the server."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    print("\n| page | queries | ms | KiB compressed |\n|---|---:|---:|---:|")
    for name, address in PAGES.items():
        client.get(address)
        times = []
        for _round in range(ROUNDS):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                start = time.perf_counter()
                response = client.get(address)
                times.append(1000 * (time.perf_counter() - start))
        weight = len(gzip.compress(response.content)) / 1024
        print(f"| {name} | {len(asked)} | {statistics.median(times):,.0f} | {weight:,.0f} |")


def visit(browser, base):
    """One first visit: the figures as a dict."""
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    page.goto(f"{base}/en/networks/graph/")
    page.locator(".graph--live").wait_for()
    paint = page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime')
    seen = {"first paint, ms": paint, "live, ms": page.evaluate("performance.now()")}
    stage = page.locator(".graph__stage")
    stage.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    for name, presses in [("whole", 0), ("nearer", 2), ("near", 2)]:
        for _press in range(presses):
            page.get_by_role("button", name="Zoom in").click()
            page.wait_for_timeout(1500)
        seen[f"{name}: frames per second"], seen[f"{name}: longest, ms"] = stage.evaluate(DRAG)
    context.close()
    return seen


def measure():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    generate()
    lay_out()
    ask_pages()
    with Server() as server, sync_playwright() as playwright:
        base = f"http://127.0.0.1:{server.port}"
        server.rate("/en/networks/graph/")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        visits = [visit(browser, base) for _round in range(ROUNDS)]
        browser.close()
    print("\n| in Chromium | median |\n|---|---:|")
    for name in visits[0]:
        print(f"| {name} | {statistics.median(each[name] for each in visits):,.0f} |")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SURROUNDINGS | {"DATABASE_URL": f"sqlite:///{Path(folder) / 'graph.sqlite3'}"})
        sys.exit(measure())


if __name__ == "__main__":
    main()
