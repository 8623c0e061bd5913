"""Applications of the demo."""

from cms.kit.rooms import Say


def load(say: Say) -> None:
    """Nothing yet."""
