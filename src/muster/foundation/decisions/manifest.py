"""What decisions declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions import actions, queries, rules
from muster.kernel.manifest import (
    Label,
    LedgerCheck,
    LedgerKind,
    Manifest,
    MenuItem,
    Permission,
    Retention,
)

_OFFICE = ("clerk", "commander", "council", "chairman", "inspector")
_COUNCIL = ("clerk", "commander", "council", "chairman")


def _kind(name: str, label: Label, columns: str) -> LedgerKind:
    """A kind of entry over the table of that name: the columns that never change."""
    listed, table = ["id", *columns.split()], f"decisions_{name.replace('_', '')}"
    return LedgerKind(
        f"decisions.{name}",
        label,
        f"select id, json_build_array({', '.join(listed)})::text as canonical from {table}",
        by_uid=f"select id from {table} where uid = %s" if "uid" in listed else "",
    )


MANIFEST = Manifest(
    slug="decisions",
    title=_("Decisions"),
    parameters=rules.LAW,
    timeline=queries.timeline,
    work=queries.work,
    refusals={
        "vote.no_seat": _("A vote or an attendance without a seat that day"),
        "decision.wrong_office": _("A signature by an office that does not sign this act"),
        "decision.before_resolution": _("A decision dated before its resolution"),
        "decision.unproposed": _("A signature under what no council carried"),
        "decision.unreviewed": _("A signature before a council has reviewed the list"),
        "decision.not_delegated": _("A signature without a delegation"),
        "dispute.own_mark": _("A mark lifted by whoever set it"),
    },
    menu=(
        MenuItem(_("Decisions"), "decisions:list", "decisions.read", order=30),
        MenuItem(_("Council sittings"), "decisions:sittings", "decisions.vote", order=31),
        MenuItem(_("To sign"), "decisions:signing", "decisions.sign", order=32),
        MenuItem(_("Papers to serve"), "decisions:rounds", "decisions.serve", order=33),
        MenuItem(_("Complaints"), "decisions:complaints", "decisions.complain", order=34),
        MenuItem(_("Entries marked disputed"), "decisions:disputes", "decisions.lift", order=35),
        MenuItem(_("Mark an entry disputed"), "decisions:mine", "decisions.mark_own", order=36),
        MenuItem(_("Unconfirmed law"), "decisions:law", "decisions.law", order=95),
    ),
    person_pages=(MenuItem(_("Mark disputed"), "decisions:marks", "decisions.mark", order=20),),
    permissions=(
        Permission("decisions.mark", _("Mark an entry disputed for somebody"), ("clerk",)),
        Permission("decisions.mark_own", _("Mark one's own entry disputed"), ("citizen",)),
        Permission("decisions.lift", _("Decide on what is disputed"), ("commander", "chairman")),
        Permission("decisions.read", _("Read decisions"), _OFFICE),
        Permission(
            "decisions.line", _("Read what was decided about somebody"), (*_OFFICE, "citizen")
        ),
        Permission("decisions.vote", _("Keep the sittings of a council"), _COUNCIL),
        Permission(
            "decisions.seat",
            _("Set up councils and keep their seats"),
            ("clerk", "commander", "chairman"),
        ),
        Permission("decisions.sign", _("Sign decisions"), ("chairman", "commander")),
        Permission("decisions.serve", _("Serve papers"), ("clerk", "commander")),
        Permission("decisions.complain", _("Take in complaints"), ("clerk", "inspector")),
        Permission(
            "decisions.law",
            _("See which law nobody has confirmed"),
            ("administrator", "inspector", "chairman"),
        ),
        Permission("decisions.answer", _("Answer complaints"), ("chairman", "commander")),
    ),
    ledger=(
        _kind("body", _("Body set up"), "kind unit_id name valid_from"),
        _kind("seat", _("Seat in a body"), "body_id title holder chair valid_from"),
        _kind(
            "delegation",
            _("Delegation to sign"),
            "unit_id role form title holder document valid_from",
        ),
        _kind(
            "resolution",
            _("Resolution of a council"),
            "uid body_id meeting_id act season adopted_on members present ayes noes recused"
            " needed passed",
        ),
        _kind(
            "contested_vote",
            _("Vote on a single name"),
            "resolution_id person_id place_id outcome article ayes noes recused passed",
        ),
        _kind(
            "decision",
            _("Decision signed"),
            "uid kind unit_id level role form signatory delegation_id number year symbol signed_on"
            " effective_on event_on serve_by resolution_id abstract legal_basis season confirmed"
            " confirmed_note",
        ),
        _kind(
            "line",
            _("Line of a decision"),
            "uid decision_id person_id subject_uid place_id outcome article ground amount"
            " resolution_ids replaces_id way",
        ),
        _kind(
            "tally",
            _("Lines destroyed, as a number"),
            "decision_id place_id outcome lines",
        ),
        _kind(
            "delivery",
            _("Delivery"),
            "uid line_id place_id delivered_on means result receiver proof",
        ),
        _kind(
            "dispute",
            _("Entry marked disputed"),
            "uid person_id place_id line_id about marked_on marked_by_id look_by",
        ),
        _kind(
            "complaint",
            _("Complaint received"),
            "uid line_id place_id instance text received_on accept_by",
        ),
    ),
    retention=(
        Retention("closed_outcome_days", due=queries.closed_due, destroy=actions.destroy_lines),
    ),
    decided_since=queries.decided_since,
    touched_by=queries.touched_by,
    checks=(
        LedgerCheck(
            "decisions.uncarried",
            _("A decision that rests on a resolution not carried"),
            "select distinct l.decision_id from decisions_line l"
            " cross join unnest(l.resolution_ids) as each(id)"
            " left join decisions_resolution r on r.id = each.id where r.passed is not true",
        ),
    ),
)
