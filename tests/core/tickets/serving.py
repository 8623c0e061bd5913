"""The site with the room of the tests, its intake and permissions entered, for a real server."""

from cms.wsgi import application
from extranet.core import attachments

from . import papers_views as room

room.grant()
attachments.register(room.INTAKE)
__all__ = ["application"]
