"""python -m benchmarks.map [number of municipalities]: how soon a map of so many points shows, and how smoothly it moves.

Invented municipalities (10,000 unless told otherwise) in a new SQLite file, the production form of the site, one
gunicorn worker, a headless Chromium without a graphics card. The map of the list is opened, then dragged with the mouse
for three seconds, at the view it opens with and two levels nearer.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.__main__ import SURROUNDINGS
from benchmarks.measure import Server

MUNICIPALITIES = 10_000
ROUNDS = 3
WINDOW = {"width": 1280, "height": 900}

# When the page is painted and the outlines and the points of the picture have arrived.
PICTURE = """() => {
  const arrived = performance.getEntriesByType("resource").filter(({ name }) => /\\.svg/.test(name) && /map/.test(name));
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(paint.startTime, ...arrived.map(({ responseEnd }) => responseEnd));
}"""

# One step of the mouse for each frame, there and back: frames per second, and the longest of them in milliseconds.
DRAG = """(figure) => new Promise((resolve) => {
  const container = figure.querySelector(".map__live");
  const { left, top, width, height } = container.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const send = (target, type, far) => target.dispatchEvent(
    new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, buttons: 1, clientX: x + far, clientY: y + far / 2 }));
  const start = performance.now();
  const times = [start];
  send(container, "mousedown", 0);
  const step = (now) => {
    times.push(now);
    if (now - start > 3000) {
      send(container, "mouseup", 0);
      const lasted = times.slice(1).map((time, place) => time - times[place]);
      return resolve([1000 * lasted.length / (now - start), Math.max(...lasted.slice(1))]);
    }
    send(container, "mousemove", 300 * Math.sin((now - start) / 400));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def visit(browser, base):
    """One first visit: the figures as a dict."""
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    page.add_init_script(
        """new MutationObserver(() => {
            if (!window.live && document.querySelector(".map--live")) window.live = performance.now();
        }).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });"""
    )
    page.goto(f"{base}/en/cities/")
    figure = page.locator("[data-city-map]")
    figure.scroll_into_view_if_needed()
    page.locator(".map--live").wait_for()
    page.wait_for_load_state("networkidle")
    seen = {"picture": page.evaluate(PICTURE), "live": page.evaluate("window.live")}
    seen["frames"], seen["longest"] = figure.evaluate(DRAG)
    page.get_by_role("button", name="Reset map view").click()
    page.wait_for_timeout(600)
    for _level in range(2):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(600)
    seen["nearer frames"], seen["nearer longest"] = figure.evaluate(DRAG)
    seen["elements"] = figure.locator(".map-point, .map-cluster").count()
    context.close()
    return seen


def measure_map(number):
    """Fill the database that the settings name, and print the medians of several visits."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    from benchmarks.generate import generate
    from tests.browser import chromium

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    generate(number)
    with Server() as server, sync_playwright() as playwright:
        base = f"http://127.0.0.1:{server.port}"
        server.rate("/en/cities/")
        server.rate("/en/cities/map.geojson")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        visits = [visit(browser, base) for _round in range(ROUNDS)]
        browser.close()
    print(f"\n{number:,} municipalities\n\n| measured | median |\n|---|---:|")
    for name in visits[0]:
        print(f"| {name} | {statistics.median(each[name] for each in visits):,.0f} |")


def main():
    number = int(sys.argv[1]) if sys.argv[1:] else MUNICIPALITIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SURROUNDINGS | {"DATABASE_URL": f"sqlite:///{Path(folder) / 'map.sqlite3'}"})
        measure_map(number)


if __name__ == "__main__":
    main()
