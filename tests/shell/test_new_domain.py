"""A new slice is one command away, complete and green."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TOOL = runpy.run_path(str(CHECKOUT / "tools" / "new_domain.py"))
refusal: Callable[[str], str] = TOOL["refusal"]
renamed: Callable[[str, str], str] = TOOL["renamed"]


@pytest.mark.parametrize(
    "name", ["", "Cemeteries", "a", "new-domain", "../evil", "class", "n" * 17]
)
def test_a_name_that_is_no_module_is_refused_in_one_sentence(name: str) -> None:
    assert "write it like cemeteries" in refusal(name)


def test_a_name_that_is_taken_is_refused() -> None:
    assert "already" in refusal("ledger")


def test_the_skeleton_takes_the_new_name_everywhere() -> None:
    for file in TOOL["SKELETON"].rglob("*.*"):
        if file.is_file() and "__pycache__" not in file.parts:
            text = renamed(file.read_text(), "civil_aid")
            assert "skeleton" not in text.lower(), file
    assert renamed("class SkeletonConfig", "civil_aid") == "class CivilAidConfig"
    assert renamed('_("Skeleton")', "civil_aid") == '_("Civil aid")'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The checkout without what is made or kept."""
    unwanted = shutil.ignore_patterns("__pycache__", ".*")
    for part in ("src", "tools"):
        shutil.copytree(CHECKOUT / part, tmp_path / part, ignore=unwanted)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    database = re.sub(r"/[^/]*$", "/skeleton", urlsplit(os.environ["DATABASE_URL"]).path)
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=database).geturl()
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    kept |= {"PYTHONPATH": str(copy / "src"), "DATABASE_URL": url}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=copy, env=kept, capture_output=True, text=True, check=False)


def test_a_new_slice_is_complete_and_its_tests_pass(copy: Path) -> None:
    made = run(copy, "tools/new_domain.py", "cemeteries")
    assert made.returncode == 0, made.stderr
    settings = "--settings=muster.config.settings"
    same = run(copy, "-m", "django", "makemigrations", "cemeteries", "--check", settings)
    assert same.returncode == 0, same.stdout + same.stderr
    tests = run(copy, "-m", "pytest", "-q", "src/muster/domains/cemeteries")
    assert tests.returncode == 0, tests.stdout
