"""Fields that take what people are known by, however they type it, in the one spelling that is kept."""

import unicodedata
from typing import Any

from django import forms


class StaffNumberField(forms.CharField):
    """A staff number as it is signed in with: narrow characters, lower case, no blanks around."""

    def to_python(self, value: Any) -> str:
        """Return ``value`` in the one spelling that is stored and looked up."""
        return unicodedata.normalize("NFKC", super().to_python(value) or "").strip().lower()


class MobileField(forms.CharField):
    """A mobile number, however it was grouped: 138 0000-0000 becomes 13800000000."""

    def to_python(self, value: Any) -> str:
        """Return ``value`` without blanks and hyphens."""
        narrow = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(narrow.split()).replace("-", "")
