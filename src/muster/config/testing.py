"""Pytest plugin: an embedded database of the tests' own before Django starts, one language."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("MUSTER_HOME", str(Path.cwd() / ".muster-test"))
os.environ.setdefault("MUSTER_PG_FAST", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")

from muster.config.bootstrap import ensure_environment

ensure_environment()
(Path(os.environ["MUSTER_HOME"]) / "static").mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def _language_of_the_house() -> Iterator[None]:
    """No test goes on in the language of the last page that another has asked for."""
    from django.utils import translation

    yield
    translation.deactivate()
