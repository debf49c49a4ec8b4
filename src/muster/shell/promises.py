"""What the database promises and Django's models cannot say, as steps of a migration.

A reference of which such a step takes care is an `UncheckedKey` in the model.
"""

from collections.abc import Iterable
from typing import Any

from django.db import migrations, models

_IMAGES = {
    "insert": "new table as changed",
    "update": "new table as changed",
    "delete": "old table as changed",
}


class UncheckedKey(models.ForeignKey[Any, Any]):
    """A reference without a constraint of its own, since something else keeps the promise."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        super().__init__(to, on_delete, **options | {"db_constraint": False})

    def deconstruct(self) -> Any:
        """Migrations see a plain foreign key without a constraint."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", arguments, options


class PairedKey(UncheckedKey):
    """One half of a pair (row, place) that the database keeps equal to a row's own: `follows`."""

    def __init__(self, to: Any, on_delete: Any = models.DO_NOTHING, **options: Any) -> None:
        super().__init__(to, on_delete, **options)


def function(name: str, body: str) -> migrations.RunSQL:
    """The step that adds a function for triggers to call."""
    return migrations.RunSQL(
        f"create function {name}() returns trigger language plpgsql as $${body}$$",
        f"drop function {name}()",
    )


def each_statement(
    name: str, table: str, event: str, call: str, words: Iterable[str] = (), *, former: bool = False
) -> migrations.RunSQL:
    """The step that lets the function `call` look once at all rows that a statement `changed`.

    With `former` it also sees them as they were before an update.
    """
    images = ("old table as former " if former else "") + _IMAGES[event]
    return migrations.RunSQL(
        f"create trigger {name} after {event} on {table} referencing {images} "
        f"for each statement execute function {call}({_quoted(words)})",
        f"drop trigger {name} on {table}",
    )


def each_change(
    name: str, table: str, columns: Iterable[str], call: str, words: Iterable[str] = ()
) -> migrations.RunSQL:
    """The step that lets the function `call` look at a row in which one of the `columns` changes."""
    changed = " or ".join(f"old.{column} is distinct from new.{column}" for column in columns)
    return migrations.RunSQL(
        f"create trigger {name} after update on {table} for each row when ({changed}) "
        f"execute function {call}({_quoted(words)})",
        f"drop trigger {name} on {table}",
    )


def append_only(table: str, call: str) -> migrations.RunSQL:
    """The step after which the function `call` refuses whoever changes or deletes a row."""
    return migrations.RunSQL(
        f"create trigger {table}_append_only before update or delete on {table} "
        f"for each row execute function {call}()",
        f"drop trigger {table}_append_only on {table}",
    )


def follows(
    table: str,
    target: str,
    *,
    key: str = "person_id",
    place: str = "place_id",
    name: str = "follows_person",
) -> migrations.RunSQL:
    """The step that keeps `place` equal to that of the row of `target`: when it moves, this moves.

    The pair (id, place) is unique in `target`, and stands for the key and for the place.
    """
    return migrations.RunSQL(
        f"alter table {table} add constraint {table}_{name} foreign key ({key}, {place}) "
        f"references {target} (id, place_id) on update cascade",
        f"alter table {table} drop constraint {table}_{name}",
    )


def roomy(table: str, fillfactor: int) -> migrations.RunSQL:
    """The step that leaves room on a page, so that a row that changes keeps its index entries."""
    return migrations.RunSQL(
        f"alter table {table} set (fillfactor = {fillfactor})",
        f"alter table {table} reset (fillfactor)",
    )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
