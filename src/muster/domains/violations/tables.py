"""The list of violations, and one violation step by step."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.domains.violations import queries, rules
from muster.domains.violations.models import Case, State
from muster.foundation.register.queries.entry import place_name
from muster.foundation.units.queries import Named
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.components import Event, Fact, Status, Tone
from muster.shell.tables import Column

TONES: dict[State, Tone] = {
    State.DETECTED: "warn",
    State.MINUTED: "warn",
    State.PUNISHED: "info",
    State.PAID: "good",
    State.DISMISSED: "neutral",
}


def status(case: Case) -> Status:
    """Where a case stands, in a word."""
    return Status(case.state.label, TONES[case.state])


def _fine(case: Case) -> str:
    return queries.fine(case.sanction.amount if case.sanction else None)


CASES = (
    Column("name", _("Name"), "person.full_name", href=queries.address),
    Column("offence", _("Offence"), Case.get_offence_display),
    Column("detected", _("Detected on"), "detected_on", order="detected_on", kind="date"),
    Column("state", _("State"), status, kind="status"),
    Column("fine", _("Fine"), _fine, kind="number"),
    Column("place", _("Place"), lambda case: place_name(case.place)),
)


def facts(case: Case, signer: Named | None) -> Iterator[Fact]:
    """What the case is about, and what may still be done about it until when."""
    yield Fact(_("Offence"), case.get_offence_display())
    yield Fact(pgettext_lazy("of a violation", "Call"), case.call.decision.full_number)
    yield Fact(_("Place"), place_name(case.place))
    if case.state in (State.DETECTED, State.MINUTED):
        yield Fact(
            _("Can be punished until"), written.day(rules.punishable_until(case.detected_on))
        )
        if signer:
            yield Fact(_("May be punished by"), _("Chairman, %s") % signer.full_name)
    if case.sanction:
        yield Fact(_("Fine"), _fine(case))
        yield Fact(_("To be paid by"), written.day(rules.pay_by(case.sanction.decision.signed_on)))


def events(case: Case) -> Iterator[Event]:
    """The steps of a case, the latest first."""
    signed = case.sanction.decision if case.sanction else None
    steps: list[tuple[date | None, Label, str]] = [
        (case.dismissed_on, State.DISMISSED.label, ""),
        (case.paid_on, State.PAID.label, ""),
        (
            signed.signed_on if signed else None,
            State.PUNISHED.label,
            signed.full_number if signed else "",
        ),
        (case.minuted_on, State.MINUTED.label, ""),
        (case.detected_on, State.DETECTED.label, ""),
        (
            case.call.decision.signed_on,
            pgettext_lazy("of a violation", "Called"),
            case.call.decision.full_number,
        ),
    ]
    for day, title, number in steps:
        if day:
            yield Event(on=day, title=title, number=number, kind="major" if number else "")
