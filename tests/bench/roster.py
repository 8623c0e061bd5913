"""What a roster of 10,000 rows costs: check, enter, undo, export. As a child: does one step, prints JSON.

Every step runs in a process of its own, as the worker's would, so that its peak of memory is its own.
``held`` is how long the write lock is held: on SQLite nobody else writes meanwhile.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import roster_file

ROOT = Path(__file__).resolve().parents[2]
ROWS = 10_000
STEPS = ("check new", "enter new", "check changed", "enter changed", "undo changed", "undo new", "export")


def _receive(path: Path, *, is_complete: bool) -> Any:
    """Upload a file, take the columns as guessed, allow everything to be founded; not yet checked."""
    from django.core.files import File

    from extranet.members.models import OfficeKind, User
    from extranet.members.services import roster as taking_in

    officer = User.objects.get(staff_number="chair")
    assert OfficeKind.objects.filter(slug="chair").exists()
    with path.open("rb") as file:
        roster = taking_in.receive(officer=officer, file=File(file, path.name), name=path.name)
    columns = {int(at): field for at, field in roster.columns.items()}
    roster = taking_in.name_columns(roster, officer=officer, columns=columns, is_complete=is_complete)
    parts: dict[str, dict[str, str]] = {"department": {}, "branch": {}, "group": {}}
    for number in range(roster_file.DEPARTMENTS):
        ward, branch, group = roster_file.department(number)
        parts["department"][ward] = parts["branch"][branch] = parts["group"][f"{branch}/{group}"] = "create"
    type(roster).objects.filter(pk=roster.pk).update(answers=parts)
    return roster


def _open_house() -> None:
    """Lay the tables of an empty house with one chair."""
    from django.core.management import call_command
    from django.utils import timezone

    from extranet.members.models import Office, OfficeKind, User

    call_command("migrate", verbosity=0)
    chair = User.objects.create_user("chair", "x", name="主席")
    kind, _new = OfficeKind.objects.get_or_create(slug="chair", defaults={"name": "主席"})
    Office.objects.create(person=chair, kind=kind, starts_on=timezone.localdate())


def measure(step: str, folder: Path) -> dict[str, Any]:
    """Do one step and return seconds, seconds of the lock, peak memory in MiB and what was done."""
    import django

    django.setup()
    from extranet.members.models import RosterImport, User
    from extranet.members.services import roster as taking_in
    from extranet.members.services import roster_apply, roster_undo

    held: list[float] = []
    for module, name in ((roster_apply, "_write"), (roster_undo, "_write"), (taking_in, "keep")):
        _time_of(module, name, held)
    officer = User.objects.filter(staff_number="chair").first()
    verb, _space, what = step.partition(" ")
    if verb == "check":
        roster = _receive(folder / f"{what}.xlsx", is_complete=True)
    else:
        roster = RosterImport.objects.filter(file_name=f"{what}.xlsx").first() or RosterImport.objects.first()
    began = time.perf_counter()
    if verb == "check":
        taking_in.check(roster.pk)
    elif verb == "enter":
        roster_apply.apply(roster, officer=officer, ticked=("doubtful", "leaving", "offices"))
        roster_apply.enter(roster.pk)
    elif verb == "undo":
        roster_undo.undo(roster, officer=officer)
        roster_undo.take_back(roster.pk)
    else:
        from extranet.members.services.roster_export import export

        export(officer=officer, form="xlsx", scope="here")
    seconds = time.perf_counter() - began
    roster.refresh_from_db()
    facts = {"seconds": seconds, "held": sum(held), "status": roster.status, "counts": roster.counts}
    facts["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts["reader"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return facts


def _time_of(module: Any, name: str, held: list[float]) -> None:
    inner = getattr(module, name)

    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return inner(*args, **kwargs)
        finally:
            held.append(time.perf_counter() - began)

    setattr(module, name, timed)


def measured(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each step with what it cost, in a fresh house."""
    people = roster_file.rows(ROWS)
    roster_file.write(folder / "new.xlsx", people)
    roster_file.write(folder / "changed.xlsx", roster_file.changed(people)[: ROWS - 100])
    environment = {
        **os.environ,
        "DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "LOG_LEVEL": "ERROR",
    }
    for step in ("open", *STEPS):
        command = [sys.executable, "-m", "tests.bench.roster", step, str(folder)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{step}:\n{done.stdout}\n{done.stderr}")
        if step != "open":
            yield step, json.loads(done.stdout.splitlines()[-1])


def report(folder: Path) -> None:
    """Print what each step costs."""
    print(f"\nRoster of {ROWS} rows (bars: check 5 s, enter 20 s, 300 MiB)")
    heads = ("seconds", "lock s", "peak MiB", "reader MiB")
    print(f"{'step':18}" + "".join(f"{head:>12}" for head in heads))
    for step, facts in measured(folder):
        cells = (
            f"{facts['seconds']:.2f}",
            f"{facts['held']:.2f}",
            f"{facts['peak']:.0f}",
            f"{facts['reader']:.0f}",
        )
        counted = {name: count for name, count in facts["counts"].items() if count}
        print(f"{step:18}" + "".join(f"{cell:>12}" for cell in cells), facts["status"], counted, flush=True)


def main(step: str, folder: Path) -> None:
    """Lay the house, do one step, or print the whole report."""
    if step == "report":
        report(folder)
    elif step == "open":
        import django

        django.setup()
        _open_house()
    else:
        print(json.dumps(measure(step, folder)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
