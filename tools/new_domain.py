"""Copies the skeleton to a new slice: `make new-domain NAME=cemeteries`.

The slice is complete: pages, figures, log entries, tests. Discovery finds it by
its folder, so no list is edited.
"""

import keyword
import re
import shutil
import subprocess
import sys
from pathlib import Path

from muster.shell import catalogues

CHECKOUT = Path(__file__).resolve().parents[1]
SKELETON = CHECKOUT / "tools" / "skeleton"
HOUSE = CHECKOUT / "src" / "muster"
DOMAINS = HOUSE / "domains"


def refusal(name: str) -> str:
    """Why a slice may not bear this name; empty when it may."""
    if not re.fullmatch(r"[a-z][a-z_]{2,15}", name) or keyword.iskeyword(name):
        return f"“{name}” is no name for a slice; write it like cemeteries: NAME=cemeteries."
    taken = [folder.name for folder in HOUSE.glob("*/*") if folder.is_dir()]
    if name in taken:
        return f"There is a slice “{name}” already; choose another name."
    return ""


def title(name: str) -> str:
    """The name as a heading: `civil_support` → `Civil support`."""
    return name.replace("_", " ").capitalize()


def renamed(text: str, name: str) -> str:
    """The skeleton's text with the new name in every form."""
    words = name.split("_")
    camel = "".join(word.capitalize() for word in words)
    text = text.replace("SkeletonConfig", f"{camel}Config")
    return text.replace("Skeleton", title(name)).replace("skeleton", name)


def copy(name: str) -> Path:
    """Write the slice under its new name."""
    target = DOMAINS / name
    for source in sorted(SKELETON.rglob("*")):
        if source.is_dir() or "__pycache__" in source.parts:
            continue
        file = target / str(source.relative_to(SKELETON)).replace("skeleton", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(renamed(source.read_text(), name))
    return target


def finish(target: Path) -> None:
    """Order imports and break lines for the new name; compile the translations."""
    binaries = Path(sys.executable).parent
    for words in (["check", "--quiet", "--fix", "--select", "I"], ["format", "--quiet"]):
        subprocess.run([binaries / "ruff", *words, target], check=True)
    catalogues.compile_stale(target)


def main(name: str) -> int:
    problem = refusal(name)
    if problem:
        print(f"muster: {problem}", file=sys.stderr)
        return 2
    target = copy(name)
    try:
        finish(target)
    except subprocess.CalledProcessError:
        shutil.rmtree(target)
        raise
    print(f"{target.relative_to(CHECKOUT)} is ready: `make check` is green before you begin.")
    print("Next: README.md, tests/test_rules.py, rules.py, then models, actions and pages.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
