"""What the website adds to the admin: the photo desk of albums, the register of honours."""

from . import albums, honours

__all__ = ["albums", "honours"]
