"""The people of the members' area, for what is asked of the whole house."""

from tests.members.applications import hall, private
from tests.members.conftest import at_desk, branch, department, group, kinds, member, officer

__all__ = ["at_desk", "branch", "department", "group", "hall", "kinds", "member", "officer", "private"]
