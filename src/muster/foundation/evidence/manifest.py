"""What evidence declares about itself."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.foundation.evidence import queries, rules
from muster.foundation.evidence.commands import commands
from muster.kernel.manifest import LedgerKind, Manifest, MenuItem, Permission

_READERS = ("clerk", "commander", "council", "chairman", "inspector")

MANIFEST = Manifest(
    slug="evidence",
    title=_("Papers that show a ground"),
    parameters=rules.LAW,
    commands=commands,
    work=queries.work,
    person_pages=(
        MenuItem(pgettext_lazy("evidence", "Papers"), "evidence:papers", "evidence.read", order=10),
    ),
    timeline=queries.timeline,
    refusals={
        "evidence.executable": _("A program brought as a paper"),
        "evidence.web_page": _("A web page brought as a paper"),
        "evidence.two_kinds": _("A file of two kinds at once brought as a paper"),
        "evidence.active": _("A PDF with a program inside brought as a paper"),
    },
    permissions=(
        Permission("evidence.read", _("Read the papers of a citizen"), _READERS),
        Permission("evidence.attach", _("Take in papers"), ("clerk", "commander")),
    ),
    ledger=(
        LedgerKind(
            "evidence.paper",
            _("Paper taken in"),
            "select id, json_build_array(id, uid, person_id, kind, claim, reference, issued_on,"
            " valid_to, media, size, encode(sha256, 'hex'), received_on, received_by_id)::text"
            " as canonical from evidence_paper",
            by_uid="select id from evidence_paper where uid = %s",
        ),
        LedgerKind(
            "evidence.showing",
            _("Paper serves a citizen"),
            "select id, json_build_array(id, paper_id, person_id, since)::text as canonical"
            " from evidence_showing",
        ),
        LedgerKind(
            "evidence.withdrawal",
            _("Paper withdrawn"),
            "select id, json_build_array(id, withdrawn_on, withdrawn_because)::text as canonical"
            " from evidence_paper where withdrawn_on is not null",
        ),
    ),
)
