"""Finds the slices of the house by their folders, so that adding one edits no list.

A slice is a package under `foundation`, `domains` or `synthesis` with an
`apps.py`. Its `manifest.py` is read lazily, after Django has loaded the models.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from muster.kernel.manifest import Manifest

STOREYS = ("foundation", "domains", "synthesis")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Slice:
    """One folder of the house, named by storey and slug."""

    storey: str
    slug: str

    @property
    def package(self) -> str:
        return f"muster.{self.storey}.{self.slug}"

    def module(self, name: str) -> ModuleType | None:
        """The slice's module of that fixed name, or None where it has none."""
        dotted = f"{self.package}.{name}"
        return import_module(dotted) if find_spec(dotted) else None


@cache
def slices() -> tuple[Slice, ...]:
    """Every slice, storey by storey, in order of name."""
    return tuple(
        Slice(storey, folder.name)
        for storey in STOREYS
        for folder in sorted((ROOT / storey).iterdir())
        if (folder / "apps.py").is_file()
    )


def installed_apps() -> list[str]:
    """The slices as entries of INSTALLED_APPS."""
    return [each.package for each in slices()]


@cache
def manifests() -> tuple[Manifest, ...]:
    """What each slice declares of itself; call only after `django.setup()`."""
    found = (each.module("manifest") for each in slices())
    return tuple(module.MANIFEST for module in found if module)


def modules(name: str) -> Iterator[tuple[Slice, ModuleType]]:
    """Each slice's module of that name (`urls`, `commands`), where it has one."""
    for each in slices():
        module = each.module(name)
        if module:
            yield each, module
