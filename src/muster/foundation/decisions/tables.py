"""The lists of the slice: decisions, annexes, complaints, names before a council."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions import queries
from muster.foundation.decisions.models import (
    Body,
    Complaint,
    Decision,
    Delegation,
    Proposal,
    Seat,
    labels,
)
from muster.foundation.decisions.queries import LineView
from muster.foundation.register.queries.entry import place_name
from muster.foundation.units import queries as units
from muster.kernel.manifest import Label
from muster.kernel.parameters import Value
from muster.shell import written
from muster.shell.components import Status, Tone
from muster.shell.tables import Column, Listing, page, plain

TONES: dict[str, Tone] = {"in_force": "good", "set_aside": "bad", "withdrawn": "bad"}


def _kind(decision: Decision) -> str:
    known = labels.KINDS.get(decision.kind)
    return str(known) if known else decision.abstract or decision.kind


def _office(decision: Decision) -> str:
    found = units.named([decision.unit_id], decision.signed_on).get(decision.unit_id)
    if found is None:
        return labels.label(labels.ROLES, decision.role)
    return labels.office(decision.role, found.full_name)


def state(line: LineView) -> Status:
    """What has become of a line."""
    return Status(labels.label(labels.STATES, line.state), TONES.get(line.state, "neutral"))


DECISIONS = (
    Column(
        "number",
        _("Number"),
        "full_number",
        kind="reference",
        href=lambda each: reverse("decisions:decision", args=[each.uid]),
    ),
    Column("kind", _("Decision"), _kind),
    Column("office", _("Signed by"), _office),
    Column("signed_on", _("Signed on"), "signed_on", order="signed_on", kind="date"),
)

ANNEX = (
    Column(
        "name",
        labels.FULL_NAME,
        lambda each: each.full_name or _("not visible to you"),
        href=lambda each: reverse("decisions:line", args=[each.uid]),
    ),
    Column("born", labels.BORN, "born", kind="date"),
    Column("place", labels.RESIDENCE, "place_name"),
    Column("outcome", labels.OUTCOME, lambda each: labels.label(labels.OUTCOMES, each.outcome)),
    Column("article", labels.ARTICLE, lambda each: written.article(each.article)),
    Column("state", _("State"), state, kind="status"),
)

_UNCONFIRMED = _(
    "Some rest on law that nobody has yet confirmed; each of these says so, and why, on its own page."
)

COMPLAINTS = (
    Column(
        "decision",
        _("Decision complained of"),
        lambda each: each.line.decision.full_number,
        href=lambda each: reverse("decisions:complaint", args=[each.uid]),
    ),
    Column("received", _("Received on"), "received_on", kind="date"),
    Column("instance", _("Instance"), "instance", kind="number"),
    Column("clock", _("Due"), lambda each: each.answer_by or each.accept_by, kind="date"),
    Column(
        "step",
        _("Step"),
        lambda each: (
            Status(_("to answer"), "warn") if each.accepted_on else Status(_("to accept"), "info")
        ),
        kind="status",
    ),
)

PROPOSALS = (
    Column(
        "name",
        labels.FULL_NAME,
        lambda each: each.person.full_name,
        order="person__sort_key",
        href=lambda each: reverse("decisions:contest", args=[each.uid]),
    ),
    Column("born", labels.BORN, lambda each: each.person.birth_date, kind="date"),
    Column("place", labels.RESIDENCE, lambda each: place_name(each.place)),
    Column("outcome", labels.OUTCOME, lambda each: labels.label(labels.OUTCOMES, each.outcome)),
    Column("article", labels.ARTICLE, lambda each: written.article(each.article)),
    Column(
        "contested",
        _("Vote"),
        lambda each: Status(_("singly"), "warn") if each.contested else Status(_("with the list")),
        kind="status",
    ),
)


def decisions(rows: "QuerySet[Decision]", query: QueryDict) -> Listing:
    """One page of decisions, the newest first; above them, once, that some law is unconfirmed."""
    doubtful = rows.filter(confirmed=False).exists()
    return page(
        rows,
        query,
        DECISIONS,
        caption=_("Decisions"),
        note=_UNCONFIRMED if doubtful else "",
        default="-signed_on",
        key="uid",
        empty_title=_("No decision yet"),
        empty_text=_("Decisions about people of your places appear here once they are signed."),
    )


LAW = (
    Column("name", _("Name in the file"), "name", kind="reference"),
    Column("stands", _("Stands at"), lambda value: _stands(value.value), kind="reference"),
    Column("since", _("In force from"), "valid_from", kind="date"),
    Column("source", _("Source"), lambda value: queries.told(value.source)),
    Column("note", _("Why it is unconfirmed"), lambda value: queries.told(value.note)),
)


def _stands(value: object) -> str:
    """A number or a word; of a table only that it is one."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value) if isinstance(value, int | str) else "…"


def law(slug: str, title: Label, values: Iterable[Value]) -> Listing:
    """The unconfirmed legal values of one slice."""
    return plain(title, LAW, values, name=slug)


def bodies(rows: Iterable[Body], seats: Mapping[int, int], units_of: Mapping[int, str]) -> Listing:
    """The bodies of some units, with how many sit in each."""
    columns = (
        Column(
            "name",
            _("Body"),
            "name",
            href=lambda body: reverse("decisions:council", args=[body.pk]),
        ),
        Column("kind", _("Kind"), lambda body: body.get_kind_display()),
        Column("unit", pgettext("of a council", "Of"), lambda body: units_of[body.unit_id]),
        Column("members", _("Members"), lambda body: seats[body.pk], kind="number"),
        Column("since", _("Since"), "valid_from", kind="date"),
    )
    return plain(
        _("Councils"),
        columns,
        rows,
        empty_title=_("No council yet"),
        empty_text=_("A council is set up by the People's Committee of its own level."),
    )


SEATS = (
    Column("title", _("Seat"), "title"),
    Column("holder", _("Who holds it"), lambda seat: seat.holder or _("the post alone")),
    Column(
        "user",
        _("Username"),
        lambda seat: seat.user.username if seat.user else "",
        kind="reference",
    ),
    Column("since", _("Since"), "valid_from", kind="date"),
    Column("until", _("First day without it"), "valid_to", kind="date"),
)


def seats(rows: "QuerySet[Seat]") -> Listing:
    """The seats of a body, those that ended too."""
    return plain(pgettext("of a council", "Seats"), SEATS, rows.select_related("user"))


def delegations(rows: "QuerySet[Delegation]", units_of: Mapping[int, str]) -> Listing:
    """Who may sign for a head, from when to when, under which paper."""
    columns = (
        Column("title", _("Who signs"), str),
        Column(
            "for", _("In place of"), lambda each: labels.office(each.role, units_of[each.unit_id])
        ),
        Column("document", _("Number of the delegation"), "document", kind="reference"),
        Column("since", _("Since"), "valid_from", kind="date"),
        Column("until", _("First day without it"), "valid_to", kind="date"),
    )
    return plain(
        _("Delegations to sign"),
        columns,
        rows,
        empty_title=_("Every head signs himself"),
        empty_text=_("A deputy signs only under a delegation that is recorded here."),
    )


def annex(rows: list[LineView], next_href: str) -> Listing:
    """One page of an annex."""
    return plain(_("Annex"), ANNEX, rows, next_href=next_href)


def complaints(rows: "QuerySet[Complaint]") -> Listing:
    """Complaints that wait, the nearest clock first."""
    return plain(
        _("Complaints"),
        COMPLAINTS,
        rows[:200],
        empty_title=_("No complaint waits"),
        empty_text=_("A complaint is taken in on the page of the line it is about."),
    )


def proposals(rows: "QuerySet[Proposal]", query: QueryDict, **more: Any) -> Listing:
    """One page of names before a council."""
    return page(
        rows,
        query,
        PROPOSALS,
        caption=_("Names before the council"),
        default="name",
        key="uid",
        size=100,
        **more,
    )
