"""How a name is found by its sound: pinyin (zhangxiaomei) and initials (zxm), kept beside the name."""

from typing import Any

from django.db import models

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai",
    "令狐": "ling hu", "宿": "su", "仇": "qiu", "单": "shan", "曾": "zeng", "解": "xie", "区": "ou",
    "查": "zha", "繁": "po", "任": "ren", "华": "hua", "盖": "ge", "朴": "piao", "翟": "zhai",
    "缪": "miao", "乐": "yue", "洗": "xian", "冼": "xian", "尹": "yin", "纪": "ji", "种": "chong",
    "覃": "qin", "应": "ying", "员": "yun", "召": "shao", "褚": "chu", "车": "che", "秘": "bi", "黑": "he",
}  # fmt: skip
"""Surnames that are read differently from the same character elsewhere (GB/T 28039 and the 百家姓)."""
LONGEST_PINYIN, LONGEST_INITIALS = 120, 30


def spelled(name: str) -> tuple[str, str]:
    """Return a name in pinyin without tones and blanks, and its initials; both in lower case."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its tables are loaded when a name is written

    name = "".join(name.split())
    surname = next((name[:size] for size in (2, 1) if len(name) > size and name[:size] in SURNAMES), "")
    rest = name[len(surname) :]
    syllables = SURNAMES[surname].split() if surname else []
    syllables += [syllable.lower() for syllable in lazy_pinyin(rest, style=Style.NORMAL)]
    initials = "".join(syllable[:1] for syllable in syllables)
    return "".join(syllables)[:LONGEST_PINYIN], initials[:LONGEST_INITIALS]


class SpelledField(models.CharField[str, str]):
    """A column that follows the person's name: written with it, by ``save`` and by ``bulk_create``."""

    def deconstruct(self) -> Any:
        """Tell a migration the column only; what is in it is the model's matter."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        """Return what the name sounds like now."""
        pinyin, initials = spelled(model_instance.name)
        value = initials if self.attname.endswith("initials") else pinyin
        setattr(model_instance, self.attname, value)
        return value
