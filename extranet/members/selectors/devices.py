"""A browser's own words (User-Agent) in a person's words: WeChat · Android."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BROWSERS = (
    ("wxwork", gettext_lazy("WeCom")),
    ("micromessenger", gettext_lazy("WeChat")),
    ("dingtalk", gettext_lazy("DingTalk")),
    ("edg", "Edge"),
    ("firefox", "Firefox"),
    ("huaweibrowser", gettext_lazy("Huawei browser")),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("harmony", "HarmonyOS"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def device_words(agent: str) -> str:
    """Return the browser and the system, or that the device is unknown."""
    agent = re.sub(r"\s+", " ", agent[:400]).lower()
    browser = next((words for sign, words in BROWSERS if sign in agent), "")
    system = next((words for sign, words in SYSTEMS if sign in agent), "")
    return " · ".join(str(part) for part in (browser, system) if part) or _("unknown device")
