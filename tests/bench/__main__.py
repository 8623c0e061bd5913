"""``make bench``: the price of a page, beside a bare Django view measured in the same run."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import crowd
from .photo import measured
from .roster import report as report_roster
from .servers import ROOT, Server, serving

ROUNDS = 5
CPU_PER_ROUND_MS = 300
"""The kernel counts CPU in ticks of 10 ms: each figure is taken over thirty of them."""


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run manage.py in the benchmark's own data folder and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def paths_of(environment: dict[str, str]) -> dict[str, str]:
    """Return the addresses to measure, found in the data."""
    code = (
        "import json;from home.models import *;"
        "n=NewsPage.objects.filter(live=True).order_by('-dated_on');"
        "r=ReportPage.objects.filter(kind='half-year').last().url;"
        "print(json.dumps({'home':'/','news list':NewsIndexPage.objects.first().url,"
        "'notices':NoticeIndexPage.objects.first().url,'story':n[3].url,"
        "'albums':AlbumIndexPage.objects.first().url,"
        "'album':AlbumPage.objects.filter(live=True).order_by('-dated_on')[0].url,"
        "'honours':HonourWallPage.objects.first().url,"
        "'role models':CommendationIndexPage.objects.first().url,"
        "'role model':CommendationPage.objects.filter(live=True).order_by('-dated_on')[0].url,"
        "'report list':ReportIndexPage.objects.first().url,'report':r,'report PDF':r+'pdf/',"
        "'rules':RulesIndexPage.objects.first().url,'campaign':CampaignPage.objects.first().url,"
        "'text page':StandardPage.objects.filter(live=True).first().url,'404':'/no-such-page/'}))"
    )
    return dict(
        json.loads(manage("shell", "--no-imports", "-c", code, environment=environment).splitlines()[-1])
    )


def prepare(folder: Path, scale: int) -> dict[str, str]:
    """Build (or find again) a demo house of the given size; return the environment that opens it."""
    environment = {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
    }
    ready = folder / f"ready-{scale}"
    if not ready.exists():
        print(f"preparing a house with scale {scale} …", flush=True)
        manage("prepare", environment={**environment, "DEMO": "0"})
        manage("load_demo", "--scale", str(scale), environment=environment)
        # Reports are closed at first; a visitor's page is what all the others are compared by.
        opened = "from wagtail.models import PageViewRestriction as P; P.objects.all().delete()"
        manage("shell", "--no-imports", "-c", opened, environment=environment)
        manage("worker", "--until-empty", environment=environment)
        ready.touch()
    return environment


def measure(bare: Server, house: Server, path: str) -> tuple[float, float, int, int]:
    """Return CPU ms of the page and of the bare view, status and bytes; rounds interleaved."""
    status, body = house.get(path, 3)
    times = max(20, int(CPU_PER_ROUND_MS / max(0.3, house.cpu_ms(path, 20))))
    pages, references = [], []
    for _ in range(ROUNDS):
        references.append(bare.cpu_ms("/", CPU_PER_ROUND_MS * 3))
        pages.append(house.cpu_ms(path, times))
    return statistics.median(pages), statistics.median(references), status, len(body)


def report(name: str, environment: dict[str, str], prefix: str = "") -> dict[str, float]:
    """Print one table, its labels after ``prefix``, and return CPU ms by label."""
    paths = {prefix + label: path for label, path in paths_of(environment).items()}
    command = [sys.executable, "-m", "tests.bench.sql", *paths.values()]
    counted = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    sql = json.loads(counted.stdout.splitlines()[-1])
    print(f"\n{name}")
    heads = ("status", "CPU ms", "bare ms", "ratio", "SQL cold", "SQL warm", "HTML kB")
    print(f"{'page':18}" + "".join(f"{head:>10}" for head in heads))
    cpu: dict[str, float] = {}
    with (
        serving("tests.bench.bare:application", {}) as bare,
        serving("cms.wsgi:application", environment) as house,
    ):
        for label, path in paths.items():
            page_ms, bare_ms, status, size = measure(bare, house, path)
            cpu[label] = page_ms
            cold, warm = sql[path]
            cells = (status, f"{page_ms:.2f}", f"{bare_ms:.3f}", f"{page_ms / bare_ms:.1f}x", cold, warm)
            row = "".join(f"{cell:>10}" for cell in (*cells, f"{size / 1000:.1f}"))
            print(f"{label:18}{row}", flush=True)
        print(f"worker resident memory: {house.resident_mib():.0f} MiB")
    return cpu


def report_photo(folder: Path, environment: dict[str, str]) -> None:
    """Print what one 12-megapixel photo costs: cleaning the upload, all renditions, both in one process."""
    print("\n12-megapixel photo, three widths in AVIF, WebP and JPEG")
    heads = ("CPU s", "peak MiB", "before", "files", "kB")
    print(f"{'step':18}" + "".join(f"{head:>10}" for head in heads))
    for step, facts in measured(folder, {**os.environ, **environment}):
        cells = (f"{facts['cpu']:.2f}", *(f"{facts[name]:.0f}" for name in ("peak", "before", "files", "kB")))
        print(f"{step:18}" + "".join(f"{cell:>10}" for cell in cells), flush=True)


def main() -> None:
    """Measure the demo as it is, and with two thousand stories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the prepared houses here")
    parser.add_argument("--scale", type=int, default=61, help="news of the large house, times the demo's")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        small, large = prepare(folder / "small", 1), prepare(folder / "large", options.scale)
        report("As visitors meet it: pages kept until something changes", small, "cached ")
        small_cpu = report("Made anew for every request", {**small, "KEEP_PAGES": "0"})
        large_cpu = report("Made anew, among two thousand stories", {**large, "KEEP_PAGES": "0"})
        report_photo(Path(scratch), small)
        report_roster(Path(scratch))
        quick = {**small, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        numbers = manage("shell", "--no-imports", "-c", crowd.MAKE, environment=quick).splitlines()[-1]
        crowd.report(quick, json.loads(numbers))
    ratio = large_cpu["news list"] / small_cpu["news list"]
    print(f"\nnews list with two thousand stories against the demo's: {ratio:.2f}x CPU")


if __name__ == "__main__":
    main()
