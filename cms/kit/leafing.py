"""Run as a program of its own, with limits: counts the pages of a PDF, or draws one as a picture.

``leafing.py FILE`` prints the number of pages. ``leafing.py FILE PAGE WIDTH`` (page from 1) prints one line
of ``pages width height`` and then the WebP. Exit status 3: asks for a password; 4: cannot be read; 5: no such
page.
Nothing of the site is imported here: a file that breaks the reader breaks nothing else.
"""

import resource
import sys
from pathlib import Path

MEMORY = 1536 * 1024 * 1024
SECONDS = 15
TALLEST = 6000
LOCKED, UNREADABLE, NO_PAGE = 3, 4, 5
OPEN_FILE = "/proc/self/fd/"
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD


def limit() -> None:
    """Bound what this process may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, page: int = 0, width: int = 0) -> int:
    """Do what the module says and return the exit status."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - after the limits stand

    try:
        # pdfium would follow a number of an open file to a place that does not exist.
        document = pdfium.PdfDocument(Path(path).read_bytes() if path.startswith(OPEN_FILE) else path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == _PASSWORD else UNREADABLE
    if not page:
        sys.stdout.write(f"{pages}\n")
        return 0 if pages else UNREADABLE
    if page > pages:
        return NO_PAGE
    sheet = document[page - 1]
    own_width, own_height = sheet.get_size()
    scale = min(width / own_width, TALLEST / own_height)
    picture = sheet.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    sys.stdout.write(f"{pages} {picture.width} {picture.height}\n")
    sys.stdout.flush()
    picture.save(sys.stdout.buffer, "WEBP", quality=82, method=2)
    return 0


if __name__ == "__main__":
    limit()
    try:
        status = main(sys.argv[1], *map(int, sys.argv[2:4]))
    except Exception:  # noqa: BLE001 - whatever a hostile file does, the caller learns one thing
        status = UNREADABLE
    sys.exit(status)
