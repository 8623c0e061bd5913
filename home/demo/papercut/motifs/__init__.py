"""The motifs: each function draws composition 0, 1 or 2 on a sheet, laying pieces far to near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home.demo.papercut.motifs.activity_room import activity_room
from home.demo.papercut.motifs.award import award
from home.demo.papercut.motifs.badminton import badminton
from home.demo.papercut.motifs.certificate import certificate
from home.demo.papercut.motifs.choir import choir
from home.demo.papercut.motifs.congress import congress
from home.demo.papercut.motifs.festival import festival
from home.demo.papercut.motifs.flowers import flowers
from home.demo.papercut.motifs.giving import giving
from home.demo.papercut.motifs.gym import gym
from home.demo.papercut.motifs.hospital_night import hospital_night
from home.demo.papercut.motifs.lecture import lecture
from home.demo.papercut.motifs.lost import lost
from home.demo.papercut.motifs.mountain import mountain
from home.demo.papercut.motifs.planting import planting
from home.demo.papercut.motifs.portraits import PORTRAITS
from home.demo.papercut.motifs.quiet import quiet
from home.demo.papercut.motifs.reading import reading
from home.demo.papercut.motifs.road import road
from home.demo.papercut.motifs.sports_day import sports_day
from home.demo.papercut.motifs.table_tennis import table_tennis
from home.demo.papercut.motifs.team import team
from home.demo.papercut.paper import PALETTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from home.demo.papercut.sheet import Sheet

ANY = tuple(PALETTES)
FESTIVE = ("vermilion", "gold", "plum")
HONOUR = ("vermilion", "gold")
OPEN_AIR = ("jade", "dusk", "gold", "plum")

# motif: (function that draws it, palettes that suit it)
MAKERS: dict[str, tuple[Callable[[Sheet, int], None], tuple[str, ...]]] = {
    "mountain": (mountain, ANY),
    "choir": (choir, ANY),
    "table_tennis": (table_tennis, ANY),
    "gym": (gym, ANY),
    "activity_room": (activity_room, ANY),
    "festival": (festival, HONOUR),
    "hospital_night": (hospital_night, ("dusk", "plum", "jade")),
    "giving": (giving, FESTIVE),
    "award": (award, HONOUR),
    "lecture": (lecture, ANY),
    "congress": (congress, ("vermilion", "vermilion", "dusk")),
    "sports_day": (sports_day, ANY),
    "badminton": (badminton, ANY),
    "flowers": (flowers, ("vermilion", "plum")),
    "planting": (planting, ("jade", "jade", "gold", "plum")),
    "reading": (reading, ANY),
    "road": (road, OPEN_AIR),
    "team": (team, ANY),
    "quiet": (quiet, ANY),  # empty states
    "lost": (lost, OPEN_AIR),  # error pages
    "certificate": (certificate, HONOUR),
    **PORTRAITS,  # role models
}
