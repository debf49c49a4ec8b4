"""The season's seats: of the province as they moved, of each commune as they were shared out."""

from dataclasses import dataclass
from datetime import date

from muster.domains.recruitment.models import Quota, Season
from muster.foundation.units import queries as units
from muster.kernel.apportion import Apportionment, Claim, Line, apportion


@dataclass(frozen=True, slots=True)
class CommuneSeats:
    """A commune's seats with the line of the apportionment that gave them."""

    unit: units.Named
    seats: int
    line: Line


@dataclass(frozen=True, slots=True)
class Sharing:
    """How the province's seats were shared out; `agrees`: computed again, it comes to the same."""

    quota: Quota
    apportionment: Apportionment
    communes: tuple[CommuneSeats, ...]
    agrees: bool


def unit_name(season: Season) -> str:
    """The season's province under its name of the day on which the season opened."""
    named = units.named([season.unit_id], season.opened_on)
    return named[season.unit_id].full_name if named else season.unit.code


def versions(season: Season) -> list[Quota]:
    """The province's seats as they moved, oldest first."""
    return list(season.quotas.filter(unit_id=season.unit_id).order_by("decided_on", "pk"))


def quota(season: Season, on: date) -> Quota | None:
    """The season's seats as they stood on the day, None before any was announced."""
    told = Quota.objects.filter(season=season, unit_id=season.unit_id, decided_on__lte=on)
    return told.order_by("-decided_on", "-pk").first()


def commune_quotas(season: Season, on: date) -> list[Quota]:
    """The last sharing out by the day: one row per commune, none before it was done."""
    shared = season.quotas.filter(weight__isnull=False, decided_on__lte=on)
    last = shared.order_by("-decided_on").values_list("decided_on", flat=True).first()
    return list(shared.filter(decided_on=last).order_by("unit_id")) if last else []


def commune_seats(season: Season, on: date) -> dict[int, int]:
    """Seats by commune (unit id) as they stood on the day."""
    return {each.unit_id: each.seats for each in commune_quotas(season, on)}


def share_out(seats: int, men: dict[int, int]) -> Apportionment:
    """Seats over communes by their men: largest remainders, every commune sends somebody.

    No commune gets more seats than it has men; none is forced to send while seats are
    fewer than communes.
    """
    floor = int(seats >= len(men))
    return apportion(seats, [Claim(str(u), m, floor=floor, cap=m) for u, m in men.items()])


def sharing(season: Season, on: date) -> Sharing | None:
    """The last sharing out by the day, computed again from its weights, None before it."""
    rows = commune_quotas(season, on)
    whole = quota(season, rows[0].decided_on) if rows else None
    if whole is None:
        return None
    weights = {row.unit_id: row.weight or 0 for row in rows}
    found = share_out(sum(row.seats for row in rows), weights)
    lines = {int(line.unit): line for line in found.lines}
    named = units.named(weights, rows[0].decided_on)
    communes = tuple(
        CommuneSeats(named[row.unit_id], row.seats, lines[row.unit_id]) for row in rows
    )
    return Sharing(whole, found, communes, all(c.seats == c.line.seats for c in communes))
