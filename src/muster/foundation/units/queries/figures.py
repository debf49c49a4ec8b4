"""Figures that units contribute: commune military commands under a unit on a day."""

from collections.abc import Iterator

from django.urls import reverse

from muster.foundation.units.queries.commanding import commands_of
from muster.foundation.units.queries.naming import Named
from muster.foundation.units.queries.tree import leaf_ids
from muster.kernel.manifest import Result, Row, Scope


def commune_commands(scope: Scope) -> Result | None:
    """Commune military commands that answer for the unit's communes on the day of the map."""
    found = _commands(scope)
    return Result.count(len(found)) if found else None


def commune_command_rows(scope: Scope) -> Iterator[Row]:
    """Each of these commands, with the day on which it was set up."""
    for command in _commands(scope):
        url = f"{reverse('units:unit', args=[command.id])}?on={scope.as_of}"
        yield Row(label=str(command), on=command.opened_on, url=url)


def _commands(scope: Scope) -> list[Named]:
    return commands_of(leaf_ids(scope.unit_id, scope.as_of), scope.as_of, "commune")
