"""What browsers are told: which sources a page may use, here and in the admin, and what it never asks for."""

from typing import Any

SELF = "'self'"
NONE = "'none'"

OUR_PAGES: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],  # small drawings inside our style sheets
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

# Wagtail's editor starts its choosers, date fields and lists by scripts in the page and knows no nonce for
# them; it writes styles into elements (Draftail, previews, progress bars) and shows files about to be sent as
# blob: pictures. No script comes from elsewhere, and none is made of text (unsafe-eval).
THE_ADMIN: dict[str, Any] = {
    **OUR_PAGES,
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
}

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
