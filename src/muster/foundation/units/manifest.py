"""What units declare about themselves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.commands import commands
from muster.foundation.units.queries import figures, waiting
from muster.kernel.manifest import Indicator, LedgerKind, Manifest, MenuItem, Permission, WorkItem

_LEADERS = ("commander", "administrator")
_EVERYBODY = ("clerk", "council", "chairman", "doctor", "inspector", *_LEADERS)

_SETTLE = ("clerk", *_LEADERS)


def _work(user: Any, today: date) -> Iterator[WorkItem]:
    """Proposals for the places of divided units, for those who may answer them."""
    piles, href = waiting.piles(), reverse("units:waiting")
    if not (piles.to_accept or piles.to_settle) or not _settles(user, today):
        return
    if piles.to_accept:
        yield WorkItem(
            _("Proposed places wait for the other commune"), url=href, count=piles.to_accept
        )
    if piles.to_settle and waiting.reach() is None:
        yield WorkItem(_("Accepted places wait to be settled"), url=href, count=piles.to_settle)


def _settles(user: Any, today: date) -> bool:
    """Whether a post of the user carries the right; accounts stand above and are not asked."""
    held = user.posts.filter(role__in=_SETTLE, valid_from__lte=today).exclude(valid_to__lte=today)
    return bool(held.exists())


MANIFEST = Manifest(
    slug="units",
    title=_("Units and their reorganisation"),
    commands=commands,
    indicators=(
        Indicator(
            code="units.commune_commands",
            label=_("Commune military commands"),
            unit="count",
            compute=figures.commune_commands,
            rows=figures.commune_command_rows,
            previous=None,
        ),
    ),
    menu=(MenuItem(_("Units through time"), "units:tree", "units.view", order=10),),
    permissions=(
        Permission("units.view", _("See units and orders"), _EVERYBODY),
        Permission(
            "units.settle",
            _("Propose and accept the part of a waiting place"),
            _SETTLE,
        ),
        Permission("units.apply", _("File, sign off and undo orders"), _LEADERS),
        Permission("units.boundaries", _("Load official boundaries"), ("administrator",)),
    ),
    work=_work,
    ledger=(
        LedgerKind(
            "units.order",
            _("Order applied, undone or reconciled"),
            """
            select s.id, json_build_array(
                s.id, o.number, s.verb, s."on", s."by", s.digest, s.figures
            )::text as canonical
            from units_step s join units_order o on o.id = s.order_id
            """,
        ),
        LedgerKind(
            "units.placement",
            _("Waiting place settled"),
            """
            select p.id, json_build_array(
                p.id, o.number, g.code, k.code, u.code, p.reason, p.proposed_on, p.proposed_by,
                p.accepted_on, p.accepted_by, p.settled_on, p.settled_by
            )::text as canonical
            from units_placement p join units_order o on o.id = p.order_id
            join units_place g on g.id = p.place_id
            join units_unit k on k.id = p.keeper_id join units_unit u on u.id = p.unit_id
            where p.settled_on is not null
            """,
        ),
    ),
)
