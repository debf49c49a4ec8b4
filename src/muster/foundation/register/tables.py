"""The list of people: names in full, numbers masked."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from rich.table import Column as Heading
from rich.table import Table

from muster.foundation.register.actions import Outcome
from muster.foundation.register.actions.retention import Carried
from muster.foundation.register.models import Person, Upload
from muster.foundation.register.queries import ENTERED, LEFT, Account, masked_number
from muster.foundation.register.queries.entry import birth_text, place_name
from muster.foundation.units.queries import Named
from muster.shell.components import Status
from muster.shell.tables import Column, Listing, page, page_of, plain
from muster.shell.written import number


def _status(person: Person) -> Status:
    if person.closed_on is None:
        return Status(_("On the register"), "good")
    return Status(_("Closed"), "neutral")


NAME = Column(
    "name", _("Full name"), "full_name", order="sort_key", href=page_of("register:person")
)
BIRTH = Column("birth", _("Date of birth"), lambda p: birth_text(p.birth_date, p.birth_precision))
PLACE = Column("place", _("Registered at"), lambda person: place_name(person.place))
PEOPLE = (
    NAME,
    BIRTH,
    Column("number", pgettext_lazy("of a citizen", "Number"), masked_number, kind="masked"),
    PLACE,
    Column("state", _("State"), _status, kind="status"),
)


_SHORT = {
    "entered": {"moved": "moved_in", "settled": "settled_in", "order": "received_by_order"},
    "left": {"moved": "moved_out", "settled": "settled_out", "order": "handed_over_by_order"},
}


def account_json(unit: Named, account: Account) -> dict[str, Any]:
    """An account as JSON: every term by its name, and whether it balances."""
    terms = {
        _SHORT[side].get(why, why): heads
        for side, moved in (("entered", account.entered), ("left", account.left))
        for why, heads in moved.items()
    }
    return {
        "unit": {
            "code": unit.code,
            "name": unit.full_name,
            "opened_on": unit.opened_on.isoformat(),
        },
        "from": account.since.isoformat(),
        "to": account.until.isoformat(),
        "opening": account.opening,
        **terms,
        "closing": account.closing,
        "balanced": account.balanced,
    }


def account_lines(unit: Named, account: Account) -> Table:
    """An account for the terminal."""
    table = Table(title=f"{unit.full_name} ({unit.code})")
    table.add_column(f"{account.since} – {account.until}")
    table.add_column(justify="right")
    table.add_row(gettext("Opening"), number(account.opening))
    for labels, heads, sign in ((ENTERED, account.entered, "+"), (LEFT, account.left, "−")):
        for why, label in labels.items():
            if heads[why]:
                table.add_row(f"{sign} {label}", number(heads[why]))
    table.add_row(gettext("Closing"), number(account.closing))
    verdict = gettext("balances") if account.balanced else gettext("DOES NOT BALANCE")
    table.caption = verdict
    return table


def outcome_lines(outcome: Outcome, unused: Sequence[str], *, dry_run: bool) -> Table:
    """What became of a list, for the terminal; the commonest faults with how often they occur."""
    title = gettext("Nothing was written: this was a trial") if dry_run else None
    table = Table(title=title)
    table.add_column(gettext("State"))
    table.add_column(gettext("Rows"), justify="right")
    for state, rows in outcome.rows["state"].value_counts(sort=True).iter_rows():
        table.add_row(str(_LABELS[state].label), number(rows))
    for reason, rows in _fault_kinds(outcome.rows, 8):
        table.add_row(f"  {reason}", number(rows))
    if unused:
        columns = gettext("Columns that fill no field: %(names)s")
        table.caption = columns % {"names": ", ".join(unused)}
    return table


def retention_lines(carried: Sequence[Carried], *, dry_run: bool) -> Table:
    """What each rule reached and what became of it, for the terminal."""
    title = gettext("Nothing was destroyed: this was a trial") if dry_run else None
    table = Table(
        gettext("Rule"), Heading(gettext("Amount due"), justify="right"), gettext("Years or days"),
        gettext("Legal source"), gettext("What becomes of it"), title=title,
    )  # fmt: skip
    for rule in carried:
        table.add_row(
            rule.law.name,
            number(rule.due),
            str(rule.law.value),
            gettext(rule.law.source),
            _outcome(rule),
        )
    return table


def _outcome(rule: Carried) -> str:
    if rule.erasure is not None:
        return gettext("destroyed")
    if not rule.due:
        return gettext("nothing due")
    if rule.law.confirmed:
        return gettext("is due")
    return gettext("waits: unconfirmed; name it with --accept")


_LABELS = {
    "accepted": Status(_("Accepted"), "good"),
    "corrected": Status(_("Corrected"), "info"),
    "refused": Status(_("Refused"), "bad"),
    "skipped": Status(_("No person")),
    "unchanged": Status(_("In the register already")),
}
_STATES = (
    Column("state", _("State"), lambda row: _LABELS[row[0]], kind="status"),
    Column("rows", _("Rows"), lambda row: row[1], kind="number"),
)
_FAULTS = (
    Column("fault", _("Fault"), lambda row: row[0]),
    Column("rows", _("Rows"), lambda row: row[1], kind="number"),
)
_REFUSED = (
    Column("line", _("Row"), lambda row: row[0], kind="number"),
    Column("why", _("Why, and how to mend it"), lambda row: row[1]),
)
_SHOWN = 50


def states(counts: Mapping[str, int]) -> Listing:
    """How many rows of a list are accepted, corrected, refused."""
    rows = [(state, counts[state]) for state in _LABELS if state in counts]
    return plain(_("Rows of the list"), _STATES, rows, name="states")


def faults(outcome: pl.DataFrame) -> Listing:
    """The commonest faults of a list."""
    return plain(_("Commonest faults"), _FAULTS, _fault_kinds(outcome, 12), name="faults")


def refused(outcome: pl.DataFrame) -> Listing:
    """The first refused rows of a list; all stand in the answer."""
    rows = outcome.filter(pl.col("state") == "refused").select("line", "reason")
    words = gettext("The first %(rows)s are shown; all stand in the answer.")
    note = words % {"rows": _SHOWN} if len(rows) > _SHOWN else ""
    return plain(_("Refused rows"), _REFUSED, rows.head(_SHOWN).rows(), note=note, name="refused")


def _fault_kinds(outcome: pl.DataFrame, most: int) -> list[tuple[str, int]]:
    """The commonest reasons without the cells they quote, and how often each occurs."""
    reasons = outcome.filter(pl.col("state") == "refused")["reason"]
    kinds = reasons.str.replace_all("“[^”]*”", "“…”").value_counts(sort=True)
    return kinds.head(most).rows()


def _progress(upload: Upload) -> Status:
    if not upload.states:
        return Status(_("Sent"))
    if upload.entered >= upload.fresh:
        return Status(_("Entered"), "good")
    return Status(_("Being entered"), "info") if upload.entered else Status(_("Tried"), "info")


_UPLOADS = (
    Column(
        "source",
        _("Who sent it"),
        lambda upload: upload.source.name,
        href=page_of("register:upload"),
    ),
    Column("sent", _("Sent"), lambda upload: upload.sent_at.date(), kind="date"),
    Column("state", _("State"), _progress, kind="status"),
    Column("entered", _("Rows entered"), lambda upload: upload.entered, kind="number"),
)


def uploads(rows: Sequence[Upload]) -> Listing:
    """The lists that somebody is bringing in."""
    return plain(
        _("Your lists"), _UPLOADS, rows, name="lists", empty_title=_("No list is on its way")
    )


def people(rows: QuerySet[Person], query: QueryDict, **more: Any) -> Listing:
    """One page of people by name."""
    return page(
        rows, query, PEOPLE, caption=_("People on the register"), default="name", key="uid", **more
    )
