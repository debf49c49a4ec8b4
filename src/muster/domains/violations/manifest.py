"""What violations declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.domains.violations import queries, rules
from muster.kernel.manifest import Indicator, LedgerCheck, LedgerKind, Manifest

MANIFEST = Manifest(
    slug="violations",
    title=_("Violations"),
    indicators=(
        Indicator(
            code="violations.punished",
            label=_("Violations punished"),
            unit="percent",
            compute=queries.punished,
            rows=queries.punished_rows,
            direction="up",
            places=1,
            previous=queries.whole_year_before,
        ),
    ),
    ledger=(
        LedgerKind(
            "violations.case",
            _("Violation detected"),
            "select id, json_build_array(id, person_id, place_id, offence, call_id,"
            " detected_on)::text as canonical from violations_case",
        ),
    ),
    checks=(
        LedgerCheck(
            "violations.sanction",
            _("A case names a sanction that is not about it"),
            "select c.id from violations_case c join decisions_line l on l.id = c.sanction_id"
            " where l.person_id <> c.person_id or l.outcome <> 'punished'",
        ),
    ),
    parameters=rules.LAW,
)
