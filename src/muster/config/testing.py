"""Pytest plugin: gives the tests an embedded database of their own before Django starts."""

import os
from pathlib import Path

os.environ.setdefault("MUSTER_HOME", str(Path.cwd() / ".muster-test"))
os.environ.setdefault("MUSTER_PG_FAST", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")

from muster.config.bootstrap import ensure_environment

ensure_environment()
(Path(os.environ["MUSTER_HOME"]) / "static").mkdir(exist_ok=True)
