"""An answer says how firm it is."""

import dataclasses

import pytest

from muster.kernel.verdicts import Verdict


def test_a_verdict_with_a_fact_missing_is_not_complete() -> None:
    verdict = Verdict("undecided", "41.1.b", missing=("who else earns in the family",))
    assert not verdict.is_complete
    assert not verdict.is_firm


def test_a_verdict_on_an_unchecked_value_is_complete_but_not_firm() -> None:
    verdict = Verdict("deferred", "41.1.g", confirmed=False)
    assert verdict.is_complete
    assert not verdict.is_firm


def test_a_verdict_on_known_facts_and_checked_law_is_firm_and_cannot_be_edited() -> None:
    verdict = Verdict("callable", reasons=("finished his course on 30 June 2025",))
    assert verdict.is_firm
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.outcome = "deferred"  # type: ignore[misc]
