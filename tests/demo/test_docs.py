"""What the documentation says is so: its commands work, its links lead somewhere, nothing is left out."""

import re
import runpy
import shlex
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

from muster.config.cli import muster
from muster.shell.discovery import manifests
from tests.demo.conftest import MUSTER, Installation

pytestmark = pytest.mark.xdist_group("demo")

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOOL = runpy.run_path(str(ROOT / "tools" / "reference.py"))
REFERENCE = ROOT / "docs" / "reference"
REWRITE = "run .venv/bin/python tools/reference.py"

BLOCK = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
EXPECTED = re.compile(r"#\s*exit code (\d+)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def lines(page: Path) -> list[str]:
    """The lines that a reader is told to type, without their prompt."""
    blocks = BLOCK.findall(page.read_text("utf-8"))
    typed = (line.strip() for block in blocks for line in block.splitlines())
    return [line.removeprefix("$ ") for line in typed if line.startswith("$ ")]


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(text) for text in re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("page", [each for each in PAGES if lines(each)], ids=name)
def test_every_command_of_a_page_works(
    page: Path, installation: Installation, tmp_path: Path
) -> None:
    for folder in ("docs", "src"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    for line in lines(page):
        program, *words = shlex.split(line, comments=True)
        if program != "muster":
            continue
        expected = EXPECTED.search(line)
        done = subprocess.run(
            [str(MUSTER), *words], cwd=tmp_path, env=installation.environment,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == int(expected[1] if expected else 0), f"{line}\n{done.stderr}"


@pytest.mark.parametrize("page", [each for each in PAGES if lines(each)], ids=name)
def test_a_page_tells_to_type_only_what_there_is(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for line in lines(page):
        program, word, *_rest = shlex.split(line, comments=True)
        assert program in {"muster", "make"}, line
        assert program == "muster" or word in targets, line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _sign, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, open_pages = set(), [ROOT / "README.md"]
    while open_pages:
        page = open_pages.pop()
        if page in seen:
            continue
        seen.add(page)
        open_pages += [
            target
            for link in LINK.findall(page.read_text("utf-8"))
            if (target := (page.parent / link.partition("#")[0]).resolve()).suffix == ".md"
            and target.exists()
        ]
    ours = {page for page in PAGES if page.parent.name != "adr"}
    assert ours <= seen, sorted(name(page) for page in ours - seen)


def test_every_command_stands_in_the_reference() -> None:
    page = (REFERENCE / "commands.md").read_text("utf-8")
    for words, command, context in TOOL["commands"](muster):
        _before, heading, after = page.partition(f"## `{words}`")
        assert heading, f"{words}: {REWRITE}"
        section = after.partition("\n## ")[0]
        for option in re.findall(r"--[a-z][a-z-]+", command.get_help(context)):
            assert option in section, f"{words} {option}: {REWRITE}"


def test_every_figure_and_right_stands_in_the_reference() -> None:
    figures = (REFERENCE / "figures.md").read_text("utf-8")
    rights = (REFERENCE / "roles.md").read_text("utf-8")
    with translation.override("en"):
        for manifest in manifests():
            for figure in manifest.indicators:
                assert f"| `{figure.code}` | {figure.label} |" in figures, REWRITE
            for right in manifest.permissions:
                assert f"| `{right.code}` | {right.label} |" in rights, REWRITE


def test_every_unconfirmed_legal_value_is_told() -> None:
    page = (REFERENCE / "parameters.md").read_text("utf-8")
    for manifest in manifests():
        for value in manifest.parameters.all() if manifest.parameters else ():
            told = [
                line for line in page.splitlines()
                if line.startswith(f"| `{value.name}` |") and f"| {value.valid_from} |" in line
            ]  # fmt: skip
            assert any(("**no**" in line) is not value.confirmed for line in told), (
                f"{value.name} from {value.valid_from}: {REWRITE}"
            )


def test_the_picture_of_the_first_page_is_light() -> None:
    picture = ROOT / "docs" / "images" / "half-year-review.png"
    assert picture.stat().st_size <= 200_000
