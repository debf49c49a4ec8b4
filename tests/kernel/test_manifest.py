"""A slice declares itself in plain values."""

from datetime import date
from decimal import Decimal

from muster.kernel.manifest import Indicator, Manifest, Result, Scope
from muster.kernel.periods import parse


def scope(period: str) -> Scope:
    return Scope(unit_id=31, place_ids=(1, 2), period=parse(period), as_of=date(2025, 6, 15))


def test_a_slice_that_declares_little_has_nothing_to_show() -> None:
    manifest = Manifest("awards", "Awards")
    assert (manifest.menu, manifest.indicators, manifest.ledger, manifest.checks) == (
        (),
        (),
        (),
        (),
    )
    assert manifest.touched_by is None


def test_a_figure_is_compared_with_the_year_before() -> None:
    indicator = Indicator("awards.certificates", "Certificates of merit", "count")
    assert indicator.compute is None
    assert indicator.previous(parse("2025H1")) == parse("2024H1")


def test_an_indicator_computes_its_figure_for_a_scope() -> None:
    punished = Indicator(
        "violations.punished", "Punished", "percent", lambda _: Result.share(21, 21)
    )
    assert punished.compute is not None
    assert punished.compute(scope("2025H1")) == Result(21, 21, Decimal(100))


def test_a_count_that_is_not_known_has_no_value() -> None:
    assert Result.count(None).value is None
    assert Result.count(4, basis="declared", source="report 12").basis == "declared"
