"""Tables of the ground floor: media, the site's own identity and menus, the mixin of every page."""

from .jobs import Lease, Schedule, WorkerPulse
from .media import Consent, HouseDocument, HouseImage, HouseMedia, HouseRendition
from .pages import HousePage, HousePageManager
from .site import FooterLink, MenuItem, Navigation, QuickLink, SiteIdentity

__all__ = [
    "Consent",
    "FooterLink",
    "HouseDocument",
    "HouseImage",
    "HouseMedia",
    "HousePage",
    "HousePageManager",
    "HouseRendition",
    "Lease",
    "MenuItem",
    "Navigation",
    "QuickLink",
    "Schedule",
    "SiteIdentity",
    "WorkerPulse",
]
