"""What decisions declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions import queries, rules
from muster.kernel.manifest import LedgerCheck, LedgerKind, Manifest


def _rows(table: str, *columns: str) -> str:
    """The canonical text of a table's rows: the columns that must never change."""
    listed = ", ".join(("id", *columns))
    return f"select id, json_build_array({listed})::text as canonical from {table}"


MANIFEST = Manifest(
    slug="decisions",
    title=_("Decisions"),
    parameters=rules.LAW,
    timeline=queries.timeline,
    ledger=(
        LedgerKind(
            "decisions.body",
            _("Body set up"),
            _rows("decisions_body", "kind", "unit_id", "name", "valid_from"),
        ),
        LedgerKind(
            "decisions.resolution",
            _("Resolution of a council"),
            _rows(
                "decisions_resolution",
                "uid", "body_id", "meeting_id", "act", "season", "adopted_on",
                "members", "present", "ayes", "noes", "recused", "needed", "passed",
            ),  # fmt: skip
        ),
        LedgerKind(
            "decisions.contested",
            _("Vote on a single name"),
            _rows(
                "decisions_contestedvote",
                "resolution_id", "person_id", "place_id", "outcome", "article",
                "ayes", "noes", "recused", "passed",
            ),  # fmt: skip
        ),
        LedgerKind(
            "decisions.decision",
            _("Decision signed"),
            _rows(
                "decisions_decision",
                "uid", "kind", "unit_id", "level", "role", "form", "signatory", "delegation_id",
                "number", "year", "symbol", "signed_on", "effective_on", "event_on", "serve_by",
                "resolution_id", "abstract", "legal_basis", "season", "confirmed", "confirmed_note",
            ),  # fmt: skip
        ),
        LedgerKind(
            "decisions.line",
            _("Line of a decision"),
            _rows(
                "decisions_line",
                "uid", "decision_id", "person_id", "subject_uid", "place_id", "outcome",
                "article", "ground", "amount", "resolution_id", "replaces_id", "way",
            ),  # fmt: skip
        ),
        LedgerKind(
            "decisions.delivery",
            _("Delivery"),
            _rows(
                "decisions_delivery",
                "uid", "line_id", "place_id", "delivered_on", "means", "result",
                "receiver", "proof",
            ),  # fmt: skip
        ),
        LedgerKind(
            "decisions.complaint",
            _("Complaint received"),
            _rows(
                "decisions_complaint",
                "uid", "line_id", "place_id", "instance", "text", "received_on", "accept_by",
            ),  # fmt: skip
        ),
    ),
    checks=(
        LedgerCheck(
            "decisions.uncarried",
            _("A decision that rests on a resolution not carried"),
            "select d.id from decisions_decision d join decisions_resolution r"
            " on r.id = d.resolution_id where not r.passed",
        ),
    ),
)
