"""What import contracts cannot see: foreign keys by name, reverse accessors, sizes, docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

from muster.shell.discovery import ROOT, STOREYS, slices

ORDER = ("shell", *STOREYS)
FOUNDATION = ("ledger", "units", "accounts", "register", "evidence", "decisions")
FILE_SET = {
    "__init__", "apps", "manifest", "rules", "grounds", "models", "queries", "actions", "tasks",
    "forms", "tables", "views", "urls", "admin", "commands", "middleware", "context", "adapter", "backend",
    "synthetic", "linkage", "papers",
}  # fmt: skip
DOCUMENTED = ("rules", "actions")


def sources(*, tests: bool = False) -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts and ("tests" in path.parts) == tests:
            yield path


def own_models() -> Iterator[type]:
    yield from (m for m in apps.get_models() if m.__module__.startswith("muster."))


def foreign_keys() -> Iterator[tuple[type, Field, type]]:
    for model in own_models():
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.remote_field and not field.auto_created:
                target = field.related_model
                if isinstance(target, type) and target.__module__.startswith("muster."):
                    yield model, field, target


def height(model: type) -> tuple[int, int]:
    storey, slug = model.__module__.split(".")[1:3]
    return ORDER.index(storey), FOUNDATION.index(slug) if storey == "foundation" else 0


def test_foreign_keys_point_down_the_house() -> None:
    for model, field, target in foreign_keys():
        assert height(target) <= height(model), f"{model.__name__}.{field.name} looks upward"


def test_domains_hold_no_key_of_each_other() -> None:
    for model, field, target in foreign_keys():
        if target.__module__.startswith("muster.domains."):
            assert model._meta.app_label == target._meta.app_label, f"{model.__name__}.{field.name}"


def test_keys_across_slices_leave_no_reverse_accessor() -> None:
    for model, field, target in foreign_keys():
        if model._meta.app_label != target._meta.app_label and field.name not in _inherited(model):
            assert field.remote_field.related_name == "+", f"{model.__name__}.{field.name}"


def _inherited(model: type) -> set[str]:
    """Keys that Django's own base classes bring along."""
    return {
        f.name
        for base in model.__mro__[1:]
        if hasattr(base, "_meta")
        for f in base._meta.local_fields
    }


@pytest.mark.parametrize("each", slices(), ids=lambda each: each.slug)
def test_a_slice_uses_the_fixed_file_names(each) -> None:
    folder = ROOT / each.storey / each.slug
    names = {p.stem for p in folder.glob("*.py")}
    names |= {p.parent.name for p in folder.glob("*/__init__.py")} - {"tests", "migrations"}
    assert names <= FILE_SET, f"{each.slug}: {names - FILE_SET}"
    assert (folder / "README.md").is_file(), f"{each.slug} has no README"


def test_files_stay_short() -> None:
    long = {p.name: n for p in sources() if (n := len(p.read_text().splitlines())) > 400}
    long |= {p.name: n for p in sources(tests=True) if (n := len(p.read_text().splitlines())) > 600}
    assert not long


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_stay_short() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{f.name}": n
        for path in sources()
        for f in functions(path)
        if (n := (f.end_lineno or f.lineno) - f.lineno + 1) > 40
    }
    assert not long


def test_rules_actions_and_kernel_are_documented() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{f.name}"
        for path in sources()
        if path.stem in DOCUMENTED or path.parent.name in DOCUMENTED or "kernel" in path.parts
        for f in ast.parse(path.read_text()).body
        if isinstance(f, ast.FunctionDef | ast.ClassDef)
        and not f.name.startswith("_")
        and not ast.get_docstring(f)
    ]
    assert not silent


def test_only_discovery_imports_by_name() -> None:
    guilty = [
        p.name for p in sources() if "import_module" in p.read_text() and p.name != "discovery.py"
    ]
    assert not guilty


def test_slices_do_not_listen_to_each_other() -> None:
    guilty = [
        str(p.relative_to(ROOT))
        for p in sources()
        if "db.models.signals" in p.read_text() and "shell" not in p.parts
    ]
    assert not guilty
