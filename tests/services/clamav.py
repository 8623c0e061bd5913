"""A ClamAV daemon of the tests' own: it knows one virus, the harmless test file of EICAR."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extranet.core.attachments import clamd

from . import Missing, free_port

REMEDY = "install it (Debian: apt-get install clamav-daemon)"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n"
PATIENCE = 60


@contextmanager
def clamav(*, largest: str = "25M") -> Iterator[str]:
    """Start a daemon on the loopback address and yield its URL; raises Missing."""
    program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise Missing(f"ClamAV is not installed: {REMEDY}.")
    folder, port = Path(tempfile.mkdtemp(prefix="workers-home-clamav-")), free_port()
    (folder / "db").mkdir()
    (folder / "db" / "test.hdb").write_text(SIGNATURE)
    chosen = {
        "DatabaseDirectory": folder / "db",
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "Foreground": "yes",
        "StreamMaxLength": largest,
        "TemporaryDirectory": folder,
        "LogFile": folder / "log",
    }
    config = folder / "clamd.conf"
    config.write_text("".join(f"{name} {value}\n" for name, value in chosen.items()))
    process = subprocess.Popen([program, "-c", str(config)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"tcp://127.0.0.1:{port}", folder)
        yield f"tcp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, folder: Path) -> None:
    """Return when the daemon answers; fails after a minute."""
    until = time.monotonic() + PATIENCE
    while not _answers(url):
        log = folder / "log"
        assert time.monotonic() < until, log.read_text() if log.exists() else "clamd did not start"
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        return bool(clamd.version(url))
    except clamd.Away:
        return False
