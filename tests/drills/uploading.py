"""What the drill of uploads runs beside the test: a site that takes files, and people who send them."""

import http.client
import json
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

REGISTER = """
from extranet.core import attachments
from extranet.core.attachments import intakes, limits, quotas, scanning, services, store
from extranet.core.models import Allowance, Attachment, CaseEvent
from tests.kit import photographs
from django.contrib.auth import get_user_model
if "drill" not in intakes._intakes:
    slots = (intakes.Slot(slug="open", label="open", most=9999),
             intakes.Slot(slug="sealed", label="sealed", most=9999, sensitive=True))
    intakes.register(intakes.Intake(slug="drill", model=CaseEvent, view="drill.view", slots=slots))
limits.MOST_OF_A_DAY = limits.MOST_OF_A_CASE = 9999

def put(owner, slot="open", number=0):
    upload = photographs.upload(photographs.camera_jpeg(90 + number % 50, 60), f"{number}.jpg")
    return attachments.put(owner, form="drill", slot=slot, upload=upload)
"""


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, with an intake of the drill's own."""
    return _site()(environ, start_response)


_made: list[Any] = []


def _site() -> Any:
    if not _made:
        from cms.wsgi import application as site

        exec(REGISTER, {})  # noqa: S102 - the same words the clerk hears
        _made.append(site)
    return _made[0]


@dataclass
class Sender(threading.Thread):
    """Somebody who sends one photo after another; ``arrived`` are those the site has acknowledged."""

    port: int
    session: str
    photo: bytes
    until: threading.Event
    arrived: list[str] = field(default_factory=list)
    lost: int = 0
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Send until told to stop."""
        number = 0
        while not self.until.is_set():
            number += 1
            try:
                status, text = self._send("sealed" if number % 2 else "open")
            except (OSError, http.client.HTTPException):
                self.lost += 1
                self.until.wait(0.05)
                continue
            if status == 201:
                self.arrived.append(json.loads(text)["id"])
            else:
                self.refused.append(f"{status} {text[:200]}")

    def _send(self, slot: str) -> tuple[int, str]:
        edge = uuid.uuid4().hex
        fields = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("form", "drill"), ("slot", slot))
        )
        head = 'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = f"{fields}--{edge}\r\n{head}".encode() + self.photo + f"\r\n--{edge}--\r\n".encode()
        token = "t" * 32
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "X-CSRFToken": token,
        }
        try:
            link.request("POST", "/extranet/files/", body, headers)
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        finally:
            link.close()
