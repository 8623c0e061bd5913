"""What the members' house tells the building: applications about memberships."""

from extranet.core import attachments
from extranet.core.notices import topics
from extranet.members.services import cases


def open_cases() -> None:
    """Enter the papers of applications and the topic of their notices."""
    attachments.register(cases.INTAKE)
    topics.register(cases.TOPIC)
