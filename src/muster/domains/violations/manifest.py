"""What violations declare about themselves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from muster.domains.violations import queries, rules
from muster.foundation.accounts import queries as accounts
from muster.kernel.manifest import (
    Indicator,
    Label,
    LedgerCheck,
    LedgerKind,
    Manifest,
    MenuItem,
    Permission,
    WorkItem,
)


def _step(name: str, label: Label) -> LedgerKind:
    """A kind of entry for a step that a case takes later."""
    return LedgerKind(
        f"violations.{name}",
        label,
        f"select id, json_build_array(id, {name}_on)::text as canonical from violations_case"
        f" where {name}_on is not null",
    )


def _work(user: Any, today: date) -> Iterator[WorkItem]:
    """What waits, for those who may open it."""
    if accounts.may(accounts.roles_on(user, today), "violations.view"):
        yield from queries.work(user, today)


MANIFEST = Manifest(
    slug="violations",
    title=_("Violations"),
    menu=(MenuItem(_("Violations"), "violations:index", "violations.view", order=40),),
    permissions=(
        Permission(
            "violations.view",
            _("See violations"),
            ("clerk", "commander", "chairman", "inspector", "administrator"),
        ),
        Permission("violations.write", _("Minute and settle violations"), ("clerk", "commander")),
        Permission("violations.punish", _("Sign sanctions"), ("chairman",)),
    ),
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
            known=queries.known,
        ),
    ),
    ledger=(
        LedgerKind(
            "violations.case",
            _("Violation detected"),
            "select id, json_build_array(id, uid, person_id, place_id, offence, call_id,"
            " detected_on)::text as canonical from violations_case",
            by_uid="select id from violations_case where uid = %s",
        ),
        _step("minuted", _("Violation minuted")),
        _step("paid", _("Fine paid")),
        _step("dismissed", _("Heard and dismissed")),
    ),
    checks=(
        LedgerCheck(
            "violations.sanction",
            _("A case names a sanction that is not about it"),
            "select c.id from violations_case c join decisions_line l on l.id = c.sanction_id"
            " where l.person_id <> c.person_id or l.outcome <> 'punished'",
        ),
        LedgerCheck(
            "violations.unlinked",
            _("A sanction that no case names"),
            "select l.id from decisions_line l where l.outcome = 'punished' and not exists"
            " (select from violations_case c where c.sanction_id = l.id)",
        ),
    ),
    work=_work,
    touched_by=queries.touched_by,
    parameters=rules.LAW,
)
