"""Folders of its own for a test that looks at what lies where."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured


@pytest.fixture
def folders(db, settings, tmp_path):
    """Public and closed folders that are empty at first."""
    settings.MEDIA_ROOT = tmp_path / "public"
    shutil.rmtree(Path(configured.PRIVATE_ROOT) / "closed", ignore_errors=True)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what follows a commit at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
