"""How fast the pages answer, in proportion to a view that does nothing, in the same process and the same run."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time

PAGES = {
    "hello": "/hello/",
    "home": "/en/",
    "city list": "/en/cities/",
    "city list, two filters": "/en/cities/?network=network-3&size=100000-500000",
    "city list, text": "/en/cities/?q=city+77",
    "city": "/en/cities/city-2/",
    "featured city": "/en/cities/city-1/",
    "approach": "/en/approaches/approach-city-1/",
    "approach list": "/en/approaches/",
    "map data": "/en/cities/map.geojson",
}
ROUNDS = 7
SECONDS = 0.6  # a page in a round


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """gunicorn with one worker and one thread, so that requests per second compare with each other."""

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "movingcities.wsgi", "--bind", f"127.0.0.1:{self.port}",
                "--workers", "1", "--worker-class", "gthread", "--threads", "1", "--log-level", "warning",
            ],
            env=os.environ,
        )  # fmt: skip
        for _attempt in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server did not start.")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait()

    def rate(self, path):
        """Requests per second for one address over one connection that is kept open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        end = time.perf_counter() + SECONDS
        start = time.perf_counter()
        requests = 0
        while time.perf_counter() < end:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}: {body[:200]}")
            requests += 1
        connection.close()
        return requests / (time.perf_counter() - start)


def queries(path):
    """The number of database queries of a page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def measure():
    """Rows of (page, requests per second, share of hello-world's, milliseconds, queries)."""
    with Server() as server:
        for path in PAGES.values():
            server.rate(path)
        rounds = [{name: server.rate(path) for name, path in PAGES.items()} for _round in range(ROUNDS)]
    for name, path in PAGES.items():
        rate = statistics.median(each[name] for each in rounds)
        share = statistics.median(each[name] / each["hello"] for each in rounds)
        yield name, rate, share, 1000 / rate, queries(path)
