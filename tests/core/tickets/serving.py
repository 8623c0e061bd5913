"""The site with the room of the tests, its intake and permissions entered, for a real server."""

from cms.wsgi import application
from extranet.core import attachments

from . import views

views.grant()
attachments.register(views.INTAKE)
__all__ = ["application"]
