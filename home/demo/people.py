"""Demo accounts, and the stories that stand in a state of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from home.demo.stories import house
from home.demo.stories.shape import Moderated
from home.first_steps import Basics
from home.models import NewsPage


def accounts(password: str) -> dict[str, Any]:
    """Make the accounts that are missing and return all by staff number; the one password is theirs.

    An account that exists keeps its password, name and groups.
    """
    users = get_user_model().objects
    found = {}
    for person in house.PEOPLE:
        user = users.filter(staff_number=person.staff_number).first()
        if user is None:
            make = users.create_superuser if person.staff_number == house.ADMINISTRATOR else users.create_user
            user = make(person.staff_number, password, name=person.name)
        found[person.staff_number] = user
    return found


def join(basics: Basics, people: Mapping[str, Any]) -> None:
    """Put the editor and the two reviewers into their groups."""
    people[house.EDITOR].groups.add(basics.editors)
    people[house.FIRST].groups.add(basics.first_reviewers)
    people[house.SECOND].groups.add(basics.second_reviewers)


def tomorrow_at_nine() -> datetime:
    """Return nine o'clock of tomorrow in the site's own time."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(9)))


def walk(page: NewsPage, moderated: Moderated, basics: Basics, people: Mapping[str, Any]) -> None:
    """Send a draft through the workflow until it stands where the demo wants it."""
    editor, first, second = people[house.EDITOR], people[house.FIRST], people[house.SECOND]
    if moderated.state == "scheduled":
        page.go_live_at = tomorrow_at_nine()
    page.save_revision(user=editor, log_action=True)
    if moderated.state == "draft":
        return
    state = basics.workflow.start(page, editor)
    if moderated.state == "returned":
        state.current_task_state.reject(user=first, comment=moderated.comment)
    if moderated.state in {"second_review", "scheduled"}:
        state.current_task_state.approve(user=first)
        state.refresh_from_db()
    if moderated.state == "scheduled":
        state.current_task_state.approve(user=second)
