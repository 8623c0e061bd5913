"""Do pictures and videos lie where their collection says?"""

from django.db import Error
from django.utils.translation import gettext as _

from .finding import Finding, well, wrong


def closed_pictures() -> Finding:
    """Nothing lies in public that only members may see, that was withdrawn or deleted."""
    from cms.kit import film_files, photo_files  # noqa: PLC0415 - ask for tables that may be missing

    subject = _("Closed pictures")
    try:
        public = tuple(film_files.FOLDERS.values())
        strays = photo_files.strays() + sum(1 for _name in film_files.strays(older=60, folders=public))
        astray = photo_files.astray() + film_files.astray()
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    if strays or astray:
        text = _(
            "%(files)s files lie in public that should not, %(pictures)s pictures or videos lie wrong."
        ) % {
            "files": strays,
            "pictures": astray,
        }
        return wrong(subject, text, _("A running worker puts them right within the hour: manage.py worker"))
    return well(subject, _("nothing of them lies in public"))
