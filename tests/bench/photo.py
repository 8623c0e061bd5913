"""What one 12-megapixel photo costs, from upload to the last rendition. As a child: prints one JSON line.

The photo is made here: detail at every scale and noise, as a camera's sensor leaves them, so that encoders
have as much to do as with a real one. CPU and memory are those of a process that did nothing else before.
"""

import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 4000, 3000
ROUNDS = 3
STEPS = {
    "upload": "photo",
    "renditions": "clean",
    "both": "photo",
    "both, lying": "lying",
}
"""What is measured, and of which picture."""


def camera_photo(orientation: int = 1) -> bytes:
    """Return a JPEG of 12 megapixels as a phone writes it, with place and author (6: lying on its side)."""
    chance = random.Random(12)  # noqa: S311
    channels = []
    for _channel in range(3):
        channel = Image.new("L", (WIDTH, HEIGHT), 128)
        for step, strength in ((400, 90), (100, 45), (25, 22), (6, 10)):
            size = (WIDTH // step + 2, HEIGHT // step + 2)
            values = (min(255, max(0, round(chance.gauss(128, strength)))) for _ in range(size[0] * size[1]))
            detail = Image.frombytes("L", size, bytes(values)).resize(channel.size, Image.Resampling.BICUBIC)
            channel = ImageChops.add(channel, detail, offset=-128)
        channels.append(ImageChops.add(channel, Image.effect_noise(channel.size, 4), offset=-128))
    picture = Image.merge("RGB", channels)
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Real Name"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    out = BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def cleaned(content: bytes) -> bytes:
    """Return what is stored of an uploaded photo."""
    import django

    django.setup()
    from django.core.files.base import ContentFile

    from cms.kit import darkroom

    return darkroom.clean(ContentFile(content, "photo.jpg"), "photo.jpg").read()


def measure(step: str, photo: Path) -> dict[str, float]:
    """Do one step in this process and return CPU seconds, peak memory and what it was before, in MiB."""
    import django

    django.setup()
    from cms.kit import darkroom, photos

    content = photo.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF)
    if step != "renditions":
        content = cleaned(content)
    prints = [] if step == "upload" else list(darkroom.develop(BytesIO(content), photos.WIDTHS))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak": after.ru_maxrss / 1024,
        "before": before.ru_maxrss / 1024,
        "kB": (sum(len(one.content) for one in prints) or len(content)) / 1000,
        "files": len(prints) or 1,
    }


def measured(folder: Path, environment: dict[str, str]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each step with the best of some rounds, every round in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.photo"]

    def said(step: str, source: Path) -> bytes:
        # In a process of its own: a child's peak begins at what its parent held.
        done = subprocess.run(
            [*command, step, str(source)], env=environment, cwd=ROOT, capture_output=True, check=True
        )
        return done.stdout

    for name in ("photo", "lying", "clean"):
        (folder / name).write_bytes(said(name, folder / "photo"))
    for step, name in STEPS.items():
        tries = [json.loads(said(step, folder / name)) for _ in range(ROUNDS)]
        yield step, min(tries, key=lambda facts: facts["cpu"])


def main(step: str, photo: Path) -> None:
    """Measure one step, or write a picture to standard output."""
    if step in {"photo", "lying"}:
        sys.stdout.buffer.write(camera_photo(6 if step == "lying" else 1))
    elif step == "clean":
        sys.stdout.buffer.write(cleaned(photo.read_bytes()))
    else:
        print(json.dumps(measure(step, photo)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
