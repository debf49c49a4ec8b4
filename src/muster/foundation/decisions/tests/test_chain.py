"""The chain of councils is data: another table of the law, another way to the signature."""

from datetime import date

import pytest

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions, queries, rules
from muster.foundation.decisions.actions import bulk, sittings
from muster.foundation.decisions.models import Body, Decision
from muster.foundation.decisions.tests import factories
from muster.kernel.parameters import Parameters, Value

pytestmark = pytest.mark.django_db
SEASON = {"act": "deferral", "season": "2027"}
ON = date(2026, 8, 20)


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


@pytest.fixture
def units():
    province, district = factories.unit("province", "Hải Phòng"), factories.unit("district")
    commune = factories.unit("commune", "An Biên")
    factories.under(district, province)
    factories.under(commune, district)
    found = {"commune": commune, "district": district, "province": province}
    pks = [unit.pk for unit in found.values()]
    actions.establish_councils(unit_ids=pks, on=date(2020, 1, 1), members=16)
    men = factories.people(factories.place(commune), 5)
    drafts = [actions.Draft(man.pk, man.place_id, "deferred", "41.1.g") for man in men]
    actions.propose(**SEASON, unit_id=commune.pk, proposed_on=ON, drafts=drafts)
    return found


@pytest.fixture
def chain(monkeypatch):
    """Let the law name other councils for a deferral."""

    def of(*levels):
        law = {name: rules.LAW.history(name) for name in {each.name for each in rules.LAW.all()}}
        other = Value("deferral_steps", levels, date(2016, 1, 1), None, "next season's law", True)
        altered = Parameters("altered", law | {"deferral_steps": (other,)})
        monkeypatch.setattr(rules, "LAW", altered)

    return of


def sit(unit, choice="aye"):
    body = Body.objects.get(unit=unit)
    seats = list(queries.seats_on(body.pk, ON))
    meeting = actions.open_meeting(body=body, held_on=ON, seats=seats)
    votes = dict.fromkeys(seats, choice)
    return actions.vote_list(meeting=meeting, **SEASON, ballots=votes, singly={})


def sign(units):
    return actions.sign_proposed(
        **SEASON,
        unit_id=units["province"].pk,
        proposer_ids=[units["commune"].pk],
        signed_on=ON,
    )


@pytest.mark.parametrize(
    "levels", [("commune",), ("commune", "province"), ("commune", "district", "province")]
)
def test_a_list_is_signed_after_every_council_that_the_law_names_and_not_before(
    units, chain, levels
):
    chain(*levels)
    for done, level in enumerate(levels):
        if done:
            missing = queries.unit_names([units[level].pk], ON)[units[level].pk]
            with pytest.raises(sittings.Unreviewed, match=f"{missing} has still to review 5"):
                sign(units)
        resolution = sit(units[level])
    (number,) = sign(units)
    decision = Decision.objects.get(pk=number)
    assert decision.lines.count() == 5
    first = decision.lines.first().resolution
    assert first.body.unit == units["commune"]
    assert decision.resolution == (resolution if len(levels) > 1 else None)
    with pytest.raises(sittings.NothingProposed):
        sign(units)


def test_a_list_that_the_review_does_not_carry_is_not_signed(units):
    sit(units["commune"])
    sit(units["province"], choice="no")
    with pytest.raises(sittings.NothingProposed):
        sign(units)
    assert queries.proposers("request_refusal", "2027") == [units["province"].pk]


def test_a_chain_that_grew_after_the_vote_is_gone_through_all_the_same(units, chain):
    chain("commune")
    sit(units["commune"])
    chain("commune", "province")
    with pytest.raises(sittings.Unreviewed, match="Hải Phòng has still to review 5"):
        sign(units)
    assert actions.send_on(act="deferral", on=ON) == 5
    assert actions.send_on(act="deferral", on=ON) == 0
    sit(units["province"])
    assert sign(units)


def test_lists_of_thousands_read_the_same_table(units, chain):
    man = factories.people(factories.place(units["district"]), 1)[0]

    def staged(review):
        row = (units["province"].pk, man.pk, man.place_id, "deferred", "41.1.g", "")
        actions.stage([(*row, units["commune"].pk)], columns=(*actions.USUAL, "proposer_id"))
        actions.resolve_lists(act="deferral", on=ON)
        if review:
            actions.resolve_lists(act="deferral", on=ON, review=True)
        return actions.decide_lists(kind="deferral", signed_on=ON)

    with pytest.raises(bulk.Unproposed, match="no council of the province carried"):
        staged(review=False)
    assert staged(review=True)
    chain("commune")
    assert staged(review=False)
    chain("district", "province")
    with pytest.raises(bulk.Unproposed, match="no council of the district carried"):
        staged(review=True)
