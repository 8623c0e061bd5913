"""Tables of the ground floor: media, the site's own identity and menus, the mixin of every page."""

from .changes import Change
from .documents import HouseDocument
from .films import HouseMedia
from .jobs import Lease, Schedule, WorkerPulse
from .media import Consent, HouseImage, HouseRendition
from .pages import HousePage, HousePageManager
from .site import FooterLink, MenuItem, Navigation, QuickLink, SiteIdentity

__all__ = [
    "Change",
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
