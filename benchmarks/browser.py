"""python -m benchmarks.browser ["start page" …] [--lighthouse]: what each kind of page, or those named, costs in Chromium,
on a phone and on a desktop.

The site runs with its real content in the production form, one gunicorn worker. Each page is opened three times in a
browser that has seen nothing yet; the figures are medians. With --lighthouse each kind of page is judged by Lighthouse
as well (npm; installed into var/lighthouse on the first run).
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from benchmarks.__main__ import SURROUNDINGS
from benchmarks.measure import Server

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = "12.8.2"
ROUNDS = 3
TRIES = 3
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]

# The phone is that of Lighthouse: a slow 4G connection and a processor four times as slow as this machine's.
PROFILES = {
    "phone": {
        "page": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True},
        "network": {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
        "slower": 4,
    },
    "desktop": {"page": {"viewport": {"width": 1280, "height": 800}}, "network": None, "slower": 1},
}

# Written down by the page itself: how late and how still it is.
WATCH = """
window.seen = { paint: 0, shift: 0, blocking: 0, map: 0 };
const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
  .observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => { seen.paint = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => { seen.blocking += Math.max(0, entry.duration - 50); });
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    if (!seen.map && document.querySelector(".map--live")) seen.map = performance.now();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
});
"""


class Received:
    """The bytes that a page receives over the network, by type of file; `first` are those before it asks for Leaflet."""

    def __init__(self, session):
        self.types, self.bytes, self.first = {}, {}, None
        session.on("Network.requestWillBeSent", self.on_request)
        session.on("Network.responseReceived", self.on_response)
        session.on("Network.loadingFinished", self.on_finish)
        session.send("Network.enable")

    def on_request(self, event):
        if self.first is None and "/leaflet" in event["request"]["url"]:
            self.first = self.total()

    def on_response(self, event):
        self.types[event["requestId"]] = event["type"]

    def on_finish(self, event):
        kind = self.types.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + event["encodedDataLength"]

    def total(self):
        return sum(self.bytes.values())


def visit(browser, address, profile):
    """One first visit: a dict of figures; times in milliseconds, sizes in KiB."""
    context = browser.new_context(**profile["page"])
    page = context.new_page()
    session = context.new_cdp_session(page)
    received = Received(session)
    if profile["network"]:
        session.send("Network.emulateNetworkConditions", {"offline": False, **profile["network"]})
    session.send("Emulation.setCPUThrottlingRate", {"rate": profile["slower"]})
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    # The live map begins when it comes into view.
    figure = page.locator("[data-city-map]")
    if figure.count():
        figure.first.scroll_into_view_if_needed()
        page.locator(".map--live").first.wait_for()
        page.wait_for_load_state("networkidle")
    seen = page.evaluate("seen")
    context.close()
    sizes = {kind: size / 1024 for kind, size in received.bytes.items()}
    return {
        "html": sizes.get("Document", 0),
        "css": sizes.get("Stylesheet", 0),
        "js": sizes.get("Script", 0),
        "fonts": sizes.get("Font", 0),
        "other": sum(sizes.values())
        - sum(sizes.get(kind, 0) for kind in ("Document", "Stylesheet", "Script", "Font")),
        "all": received.total() / 1024,
        "first": (received.total() if received.first is None else received.first) / 1024,
        "requests": len(received.types),
        **seen,
    }


def measure_page(browser, address, profile):
    """The medians of several first visits."""
    visits = [visit(browser, address, profile) for _round in range(ROUNDS)]
    return {figure: statistics.median(each[figure] for each in visits) for figure in visits[0]}


def measure_pages(base, pages):
    """Print a table for each profile."""
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        for name, profile in PROFILES.items():
            print(f"\n{name}: KiB received, requests, milliseconds\n")
            print(
                "| page | html | css | js | fonts | other | all | before map | requests | paint | shift "
                "| blocking | map |"
            )
            print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
            for kind, path in pages.items():
                seen = measure_page(browser, base + path, profile)
                sizes = " | ".join(
                    f"{seen[part]:.0f}" for part in ("html", "css", "js", "fonts", "other", "all", "first")
                )
                map_ready = f"{seen['map']:,.0f}" if seen["map"] else "–"
                print(
                    f"| {kind} | {sizes} | {seen['requests']:.0f} | {seen['paint']:,.0f} | {seen['shift']:.3f} "
                    f"| {seen['blocking']:,.0f} | {map_ready} |",
                    flush=True,
                )
        browser.close()


def lighthouse():
    """The command of Lighthouse, installed if it is not there yet."""
    folder = ROOT / "var" / "lighthouse"
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm") or sys.exit("Lighthouse needs npm (Debian: apt-get install npm).")
        subprocess.run(
            [npm, "install", "--no-save", "--prefix", folder, f"lighthouse@{LIGHTHOUSE}"], check=True
        )
    return command


def judge(command, address):
    """The scores of Lighthouse for one page on its phone profile, and what it finds wrong."""
    from tests.browser import chromium

    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        flags = " ".join(["--headless=new", *chromium.ARGUMENTS, f"--user-data-dir={folder}/profile"])
        for attempt in range(TRIES):  # now and then it misses the start of the page
            done = subprocess.run(
                [
                    command, address, "--quiet", "--output=json", f"--output-path={report}",
                    f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}",
                ],
                env=os.environ | {"CHROME_PATH": chromium.find()},
                check=attempt == TRIES - 1,
            )  # fmt: skip
            if not done.returncode:
                break
        found = json.loads(report.read_text())
    scores = [round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES]
    weak = []
    for name in CATEGORIES:
        for reference in found["categories"][name]["auditRefs"]:
            audit = found["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                weak.append(f"{audit['id']} {audit.get('displayValue', '')}".strip())
    return scores, weak


def judge_pages(base, pages):
    """Print the table of Lighthouse's scores."""
    command = lighthouse()
    print(f"\nLighthouse {LIGHTHOUSE}, phone\n")
    print("| page | performance | accessibility | best practices | SEO | below 90 |")
    print("|---|---:|---:|---:|---:|---|", flush=True)
    for kind, path in pages.items():
        scores, weak = judge(command, base + path)
        print(f"| {kind} | {' | '.join(map(str, scores))} | {'; '.join(weak)} |", flush=True)


@contextmanager
def running_site():
    """The site with its content in a new SQLite file, in the production form: its address."""
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'site.sqlite3'}"
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("import_content", verbosity=0)
        with Server() as server:
            yield f"http://127.0.0.1:{server.port}"


def main():
    os.environ.update(SURROUNDINGS)
    with running_site() as base:
        from tests.browser.kinds import PAGES, address

        wanted = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
        pages = {kind: address(kind) for kind in wanted or PAGES}
        measure_pages(base, pages)
        if "--lighthouse" in sys.argv:
            judge_pages(base, pages)


if __name__ == "__main__":
    main()
