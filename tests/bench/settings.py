"""The house as it is, with a quick password hash: for what twenty people wait beside it."""

from cms.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
