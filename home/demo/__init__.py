"""Demo content of the website: texts, pictures, and the loader."""

from __future__ import annotations


def accounts() -> tuple[list[tuple[str, str, str]], str]:
    """Return the demo accounts as (what it shows, staff number, name), and the password of all."""
    from django.conf import settings  # noqa: PLC0415 - the illustrator needs no settings

    from home.demo.stories.house import PEOPLE  # noqa: PLC0415

    return [(person.part, person.staff_number, person.name) for person in PEOPLE], settings.DEMO_PASSWORD
