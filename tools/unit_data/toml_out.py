"""Order files, written the way a person would write them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

Value = str | bool | int | float | date | Sequence["Value"] | Mapping[str, "Value"]
Table = Mapping[str, Value]


def text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def value(item: Value) -> str:
    """One value on one line."""
    if isinstance(item, str):
        return text(item)
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{k} = {value(v)}" for k, v in item.items()) + " }"
    if isinstance(item, Sequence):
        return "[" + ", ".join(value(v) for v in item) + "]"
    return repr(item)


def write(path: Path, order: Table, acts: Sequence[Table], **more: Sequence[Table]) -> None:
    """`order` is the head; every act is one `[[acts]]`; `more` are further lists of tables."""
    blocks = [_block("[order]", order)]
    for name, tables in ({"acts": acts} | more).items():
        blocks += [_block(f"[[{name}]]", table) for table in tables]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _block(head: str, table: Table) -> str:
    return "\n".join([head, *(f"{key} = {value(item)}" for key, item in table.items())])
