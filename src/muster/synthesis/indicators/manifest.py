"""Figures that no slice derives yet, and what the log keeps of declarations."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Indicator, LedgerKind, Manifest, MenuItem, Permission
from muster.synthesis.indicators import commands as _commands  # noqa: F401

MANIFEST = Manifest(
    slug="indicators",
    title=_("Figures"),
    menu=(MenuItem(_("Declared figures"), "indicators:index", "indicators.view", order=75),),
    permissions=(
        Permission(
            "indicators.view",
            _("Read declared figures"),
            ("clerk", "commander", "council", "chairman", "inspector", "administrator"),
        ),
        Permission(
            "indicators.declare",
            _("Declare a figure with its document"),
            ("clerk", "commander", "administrator"),
        ),
    ),
    indicators=(
        Indicator(code="awards.certificates", label=_("Certificates of merit"), unit="count"),
    ),
    ledger=(
        LedgerKind(
            "indicators.declared",
            _("Figure declared"),
            "select id, json_build_array(id, indicator, unit_id, period, numerator, denominator,"
            " source)::text as canonical from indicators_declaredfigure",
        ),
    ),
)
