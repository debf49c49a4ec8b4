"""Figures that no slice derives yet, and what the log keeps of declarations."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Indicator, LedgerKind, Manifest

MANIFEST = Manifest(
    slug="indicators",
    title=_("Figures"),
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
