"""A PostgreSQL of the tests' own: a fresh cluster in a folder of the run, gone afterwards.

``python -m tests.services.postgresql pytest …`` runs a command with ``DATABASE_URL`` leading to it; one that
is set already is used as it is.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import Missing, free_port

REMEDY = "install it (Debian: apt-get install postgresql) or set DATABASE_URL"


def programs() -> Path:
    """Return the folder with initdb and pg_ctl; raises Missing with the remedy."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        raise Missing(f"PostgreSQL is not installed: {REMEDY}.")
    return versions[-1].parent


def _unprivileged() -> list[str]:
    """Return what to put before a command: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise Missing(f"There is no user postgres: {REMEDY}.") from error
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server on the loopback address and yield the URL of an empty database; raises Missing."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    bin_dir, before, port = programs(), _unprivileged(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="workers-home-pg-"))
    if before:
        shutil.chown(folder, "postgres", "postgres")
    cluster = folder / "cluster"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"

    def run(*command: str) -> None:
        done = subprocess.run([*before, *command], capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    make = ["-U", "house", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    where = ["-D", str(cluster)]
    try:
        run(str(bin_dir / "initdb"), *where, *make)
        run(str(bin_dir / "pg_ctl"), *where, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            run(str(bin_dir / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "house", "house")
            yield f"postgres://house:house@127.0.0.1:{port}/house"
        finally:
            run(str(bin_dir / "pg_ctl"), *where, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the rest of the command line with the database and return its exit code."""
    try:
        with postgresql() as url:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
            ).returncode
    except Missing as missing:
        print(missing, file=sys.stderr)  # noqa: T201 - this is a command
        return 1


if __name__ == "__main__":
    sys.exit(main())
