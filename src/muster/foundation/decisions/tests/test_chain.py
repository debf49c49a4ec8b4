"""The chain of councils is data: another table of the law, another way to the signature."""

import time
from datetime import date

import pytest
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions, queries, rules
from muster.foundation.decisions.actions import bulk, sittings
from muster.foundation.decisions.models import Body, Decision, Line, Proposal, Resolution
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.queries import faults, kinds
from muster.kernel.parameters import Parameters, Value

pytestmark = pytest.mark.django_db
SEASON = {"act": "deferral", "season": "2027"}
ON, LATER = date(2026, 8, 20), date(2026, 9, 10)
CHAINS = [("commune",), ("province",), ("commune", "province"), ("commune", "district", "province")]
NAMES = 2_800


@pytest.fixture(autouse=True)
def _scope(db):
    with translation.override("en"), acting_as_system():
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
    return found


@pytest.fixture
def men(units):
    return factories.people(factories.place(units["commune"]), 5)


@pytest.fixture
def proposed(units, men):
    return propose(units["commune"], men)


def propose(unit, men):
    drafts = [actions.Draft(man.pk, man.place_id, "deferred", "41.1.g") for man in men]
    return actions.propose(**SEASON, unit_id=unit.pk, proposed_on=ON, drafts=drafts)


@pytest.fixture
def chain(monkeypatch):
    """Let the law name other councils for a deferral, and others again from LATER on."""
    known = rules.LAW

    def of(*levels, later=None):
        law = {name: known.history(name) for name in {each.name for each in known.all()}}
        changes = later is not None
        until = LATER if changes else None
        rows = [Value("deferral_steps", levels, date(2016, 1, 1), until, "a law", True)]
        if changes:
            rows.append(Value("deferral_steps", later, LATER, None, "a later law", True))
        altered = Parameters("altered", law | {"deferral_steps": tuple(rows)})
        for module in (rules, rules.acts):
            monkeypatch.setattr(module, "LAW", altered)

    return of


def sit(unit, choice="aye", on=ON):
    body = Body.objects.get(unit=unit)
    seats = list(queries.seats_on(body.pk, on))
    meeting = actions.open_meeting(body=body, held_on=on, seats=seats)
    votes = dict.fromkeys(seats, choice)
    return actions.vote_list(meeting=meeting, **SEASON, ballots=votes, singly={})


def sign(units, on=ON):
    return actions.sign_proposed(**SEASON, unit_id=units["province"].pk, signed_on=on)


def lay_out(units, men):
    actions.stage(
        [(units["province"].pk, man.pk, man.place_id, "deferred", "41.1.g", "") for man in men]
    )


def levels_of(line):
    """The levels of the councils that carried a line, in their order."""
    found = Resolution.objects.select_related("body__unit").in_bulk(line.resolution_ids)
    assert all(each.passed for each in found.values())
    return tuple(found[number].body.unit.level for number in line.resolution_ids)


# ---- names proposed at a desk ------------------------------------------------------------


@pytest.mark.parametrize("levels", CHAINS)
def test_a_list_is_signed_after_every_council_that_the_law_names_and_not_before(
    units, men, chain, levels
):
    chain(*levels)
    propose(units[levels[0]], men)
    for done, level in enumerate(levels):
        if done:
            missing = queries.unit_names([units[level].pk], ON)[units[level].pk]
            with pytest.raises(sittings.Unreviewed, match=f"{missing} has still to review 5"):
                sign(units)
        resolution = sit(units[level])
    (number,) = sign(units)
    decision = Decision.objects.get(pk=number)
    assert decision.lines.count() == 5
    assert {levels_of(line) for line in decision.lines.all()} == {levels}
    assert decision.resolution == resolution
    assert not Proposal.objects.filter(line=None).exists()
    with pytest.raises(sittings.NothingProposed):
        sign(units)


def test_a_list_that_the_review_does_not_carry_is_not_signed(units, proposed):
    sit(units["commune"])
    sit(units["province"], choice="no")
    with pytest.raises(sittings.NothingProposed):
        sign(units)
    refused = Proposal.objects.filter(act="request_refusal", unit=units["province"])
    assert refused.count() == len(proposed)


# ---- a law that changes on the way: the chain of the day of the next act holds ------------


def test_a_chain_that_grew_after_the_vote_is_gone_through_all_the_same(units, proposed, chain):
    chain("commune", later=("commune", "province"))
    sit(units["commune"])
    with pytest.raises(sittings.Unreviewed, match="Hải Phòng has still to review 5"):
        sign(units, on=LATER)
    assert actions.send_on(**SEASON, on=LATER) == 5
    assert actions.send_on(**SEASON, on=LATER) == 0
    sit(units["province"], on=LATER)
    assert sign(units, on=LATER)


def test_names_before_a_council_that_a_later_law_drops_go_to_the_next_one(units, proposed, chain):
    chain("commune", "province", later=("province",))
    commune, province = units["commune"].pk, units["province"].pk
    assert [pile.names for pile in queries.piles([commune], ON)] == [5]
    assert queries.piles([commune], LATER) == []
    (found,) = queries.astray([commune], LATER)
    assert (found.unit_id, found.names) == (province, 5)
    assert queries.astray([province], LATER) == [found]
    with pytest.raises(sittings.NotAsked, match="does not ask this council"):
        sit(units["commune"], on=LATER)
    sit(units["province"], on=LATER)
    assert queries.astray([commune, province], LATER) == []
    (number,) = sign(units, on=LATER)
    assert {levels_of(line) for line in Decision.objects.get(pk=number).lines.all()} == {
        ("province",)
    }


def test_names_that_wait_only_for_a_council_since_dropped_are_ready_to_sign(units, proposed, chain):
    chain("commune", "province", later=("commune",))
    sit(units["commune"])
    (before,) = queries.piles([units["province"].pk], ON)
    assert before.names == 5
    assert queries.piles([units["province"].pk], LATER) == []
    (ready,) = queries.to_sign([units["province"].pk], ["province"], LATER)
    assert (ready.names, ready.councils) == (5, 1)
    assert sign(units, on=LATER)


def test_a_council_that_a_later_law_puts_in_front_is_asked_before_the_one_where_the_name_lies(
    units, men, chain
):
    chain("province", later=("commune", "province"))
    propose(units["province"], men)
    assert actions.send_on(**SEASON, on=LATER) == 5
    assert [pile.names for pile in queries.piles([units["commune"].pk], LATER)] == [5]
    sit(units["commune"], on=LATER)
    sit(units["province"], on=LATER)
    assert sign(units, on=LATER)


@pytest.mark.parametrize("after", [(), *CHAINS])
@pytest.mark.parametrize("before", [(), *CHAINS])
def test_whatever_a_law_changes_a_name_has_a_next_step_until_it_is_signed(
    units, men, chain, before, after
):
    chain(*before, later=after)
    for voted in range(len(before) + 1):
        propose(units[before[0] if before else "commune"], men)
        for level in before[:voted]:
            sit(units[level])
        steps = list(steps_to_the_signature(units, len(men)))
        assert steps[-1] == "sign"
        lines = Line.objects.order_by("-pk")[: len(men)]
        still = (each for each in after if each not in before[:voted])
        assert {levels_of(line) for line in lines} == {(*before[:voted], *still)}


def steps_to_the_signature(units, names):
    """What the work lists of a day under the later law ask for, done one after another."""
    everybody = [unit.pk for unit in units.values()]
    while True:
        if astray := queries.astray(everybody, LATER):
            assert [each.names for each in astray] == [names]
            yield "send on"
            assert actions.send_on(**SEASON, on=LATER) == names
        elif piles := queries.piles(everybody, LATER):
            assert [each.names for each in piles] == [names]
            yield "vote"
            sit(next(unit for unit in units.values() if unit.pk == piles[0].unit_id), on=LATER)
        else:
            (ready,) = queries.to_sign([units["province"].pk], ["province"], LATER)
            assert ready.names == names
            sign(units, on=LATER)
            yield "sign"
            return


def test_names_of_ground_that_another_commune_took_over_go_to_its_council(units, men, chain):
    chain("commune", "province")
    propose(units["commune"], men)
    other = factories.unit("commune", "Máy Chai")
    factories.under(other, units["district"])
    actions.establish_councils(unit_ids=[other.pk], on=date(2020, 1, 1), members=16)
    factories.take_over(men[0].place, other, LATER)
    (found,) = queries.astray([other.pk], LATER)
    assert (found.unit_id, found.names) == (other.pk, 5)
    assert actions.send_on(**SEASON, on=LATER) == 5
    assert [pile.names for pile in queries.piles([other.pk], LATER)] == [5]
    sit(other, on=LATER)
    sit(units["province"], on=LATER)
    (number,) = sign(units, on=LATER)
    assert {levels_of(line) for line in Decision.objects.get(pk=number).lines.all()} == {
        ("commune", "province")
    }


# ---- lists of thousands ------------------------------------------------------------------


@pytest.mark.parametrize("levels", [(), *CHAINS])
def test_every_line_of_a_list_of_thousands_has_a_resolution_of_each_council(units, chain, levels):
    men = factories.people(factories.place(units["commune"]), NAMES)
    chain(*levels)
    began = time.perf_counter()
    lay_out(units, men)
    found = actions.resolve_lists(act="deferral", on=ON)
    (number,) = actions.decide_lists(kind="deferral", signed_on=ON)
    assert time.perf_counter() - began < 30, "carried by every council, signed, logged, posted"
    assert list(found) == [units[level].pk for level in levels]
    lines = Line.objects.filter(decision=number)
    assert lines.count() == NAMES
    chains = set(map(tuple, lines.values_list("resolution_ids", flat=True)))
    assert chains == {tuple(found.values())}
    assert levels_of(lines.first()) == levels
    assert [f for k in kinds().values() if k.code == "decisions.line" for f in faults(k)] == []


@pytest.mark.parametrize(
    ("law", "missing"),
    [
        ((("commune",), ("commune", "province")), "province"),
        ((("province",), ("commune", "province")), "commune"),
        ((("commune", "province"), ("commune", "district", "province")), "district"),
    ],
)
def test_a_list_of_thousands_is_not_signed_under_a_law_that_asks_one_more_council(
    units, men, chain, law, missing
):
    chain(*law[0], later=law[1])
    lay_out(units, men)
    actions.resolve_lists(act="deferral", on=ON)
    with pytest.raises(bulk.Unproposed, match=f"no council of the {missing} carried"):
        actions.decide_lists(kind="deferral", signed_on=LATER)
    assert actions.decide_lists(kind="deferral", signed_on=ON)


def test_a_level_without_a_unit_has_no_council_to_ask(chain):
    province, commune = factories.unit("province", "Huế"), factories.unit("commune", "A Lưới")
    factories.under(commune, province)
    units = {"province": province}
    chain("commune", "district", "province")
    lay_out(units, factories.people(factories.place(commune), 3))
    found = actions.resolve_lists(act="deferral", on=ON, members=16)
    assert list(found) == [commune.pk, province.pk]
    (number,) = actions.decide_lists(kind="deferral", signed_on=ON)
    assert levels_of(Line.objects.filter(decision=number).first()) == ("commune", "province")


def test_an_island_district_without_communes_votes_once(chain):
    province, island = factories.unit("province", "Hải Phòng"), factories.unit("district", "Đảo")
    factories.under(island, province)
    chain("commune", "district")
    man = factories.people(factories.place(island), 1)[0]
    lay_out({"province": province}, [man])
    found = actions.resolve_lists(act="deferral", on=ON, members=16)
    assert list(found) == [island.pk]
    (number,) = actions.decide_lists(kind="deferral", signed_on=ON)
    assert levels_of(Line.objects.get(decision=number)) == ("district",)


def test_a_place_that_lies_in_no_unit_that_day_has_nobody_to_carry_it(units, men):
    nowhere = factories.Place.objects.create(code="sea", name="sea", folded="sea", kind="commune")
    man = factories.people(nowhere, 1)[0]
    lay_out(units, [man])
    actions.resolve_lists(act="deferral", on=ON)
    with pytest.raises(bulk.Unproposed):
        actions.decide_lists(kind="deferral", signed_on=ON)
