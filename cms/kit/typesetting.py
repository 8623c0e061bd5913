"""Sets a letter (JSON, see ``pdf.py``) as PDF by the one letterhead; nothing in it is ever markup.

Run as a program (``typesetting.py`` reads the letter from its input and writes the PDF) it sets itself limits
first: a web process neither loads 20 MB of fonts nor waits for an endless table. Nothing of the site is
imported here.
"""

import resource
import sys
from functools import cache
from pathlib import Path
from typing import Any

LETTERHEAD = Path(__file__).with_name("letterhead.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
MEMORY = 1024 * 1024 * 1024
SECONDS = 20


@cache
def _fonts() -> Any:
    """Return the faces of the house: Noto Sans SC and Noto Serif SC of their wheel, none of the machine's."""
    import pylopdf_fonts_zh_cn as chinese  # noqa: PLC0415 - only whoever sets a letter loads them
    import typst  # noqa: PLC0415

    folder = str(Path(chinese.sans_path()).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def typeset(letter: str) -> bytes:
    """Return the PDF (A4; PDF/A-2a and PDF/UA-1) of a letter written as JSON."""
    import typst  # noqa: PLC0415

    pdf: bytes = typst.compile(
        str(LETTERHEAD),
        root=str(LETTERHEAD.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"letter": letter},
        format="pdf",
        pdf_standards=STANDARDS,
    )
    return pdf


def limit() -> None:
    """Bound what this process may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode()))
