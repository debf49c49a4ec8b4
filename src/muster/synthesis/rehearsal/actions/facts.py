"""What the two reviews tell beside recruitment: violations, works, declared figures."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from muster.domains.violations import actions as violations
from muster.domains.violations import rules
from muster.domains.works import actions as works
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.kernel import periods
from muster.kernel.errors import Refused
from muster.synthesis.indicators import actions as indicators
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.actions.reform import EVE

if TYPE_CHECKING:
    from muster.synthesis.rehearsal.actions.playing import Stage


class TooFewAbsent(Refused):
    """The played season has fewer punishable absences than the scenario reports."""


def punish_offences(stage: "Stage") -> None:
    """The offences of each reported year, from absences after a call served in time.

    How many were detected and how many punished is what the review reports; who
    they are follows from the season that was played.
    """
    for spec in queries.scenario()["offences"]:
        detected = _detect(stage, spec)
        signed_on = date(spec["year"], *_SIGNED)
        cases = [case for _offence, some in detected for case in some]
        if not cases:
            continue
        violations.minute(cases=cases, on=date(spec["year"], *_DETECTED) + timedelta(days=7))
        punished = cases[: stage.scale.of(spec["punished"])]
        fines = {
            case: rules.bracket(offence, signed_on).middle
            for offence, some in detected
            for case in some
            if case in punished
        }
        violations.punish(fines=fines, signed_on=signed_on)
        violations.settle(cases=punished, paid_on=signed_on + timedelta(days=9))
        stage.say(
            _("  %(year)s: %(detected)s detected, %(punished)s punished")
            % {"year": spec["year"], "detected": len(cases), "punished": len(punished)}
        )


def _detect(stage: "Stage", spec: dict[str, Any]) -> list[tuple[str, list[int]]]:
    """Cases for the reported number of absences: at the examination first, then at screening.

    A small demonstration may hold fewer than its proportion; it says so and goes on.
    """
    places = units.place_ids(units.resolve(spec["province"], EVE).id, EVE)
    on, left = date(spec["year"], *_DETECTED), stage.scale.of(spec["detected"])
    scaled, found = stage.scale.factor < 1, []
    for offence, act in _ABSENCES:
        calls = queries.absent_calls(places, act, on - timedelta(days=_LOOK_BACK), on)[:left]
        left -= len(calls)
        if calls:
            cases = violations.detect(offence=offence, calls=calls, detected_on=on, scaled=scaled)
            found.append((offence, cases))
    if left and not scaled:
        raise TooFewAbsent(f"{spec['year']}: {left} reported absences have nobody punishable.")
    if left:
        told = {"year": spec["year"], "left": left}
        stage.say(_("  %(year)s: nobody was absent for %(left)s of the cases in proportion") % told)
    return found


_ABSENCES = (("exam_absence", "exam_call"), ("screening_absence", "prescreening_call"))
_DETECTED, _SIGNED, _LOOK_BACK = (3, 3), (5, 20), 240


def record_works(stage: "Stage") -> None:
    """The programme of works: one per district, accepted where the review says complete."""
    spec = queries.scenario()["works"]
    province = Unit.objects.get(pk=units.resolve(spec["province"], EVE).id)
    districts = sorted(units.children(province.pk, EVE), key=lambda each: each.code)
    districts = [each for each in districts if each.level == "district"]
    references = {f"CT-{each.code}": each for each in districts}
    programme = works.open_programme(
        title=spec["programme"],
        unit=province,
        starts_on=date(2018, 1, 1),
        ends_on=date(2026, 1, 1),
        works=[(each.id, reference) for reference, each in references.items()],
        source=spec["source"],
    )
    done = [ref for ref, each in references.items() if each.code not in spec["open_districts"]]
    works.accept(programme=programme, references=done, on=EVE, source=spec["source"])
    stage.say(_("  %(done)s of %(all)s districts") % {"done": len(done), "all": len(districts)})


def declare(stage: "Stage") -> None:
    """Figures that no slice keeps, each with its document."""
    for spec in queries.scenario()["declared"]:
        indicators.declare(
            code=spec["indicator"],
            unit_id=units.resolve(spec["province"], spec["read_on"]).id,
            period=periods.parse(spec["period"]),
            numerator=Decimal(spec["numerator"]),
            source=spec["source"],
        )
    stage.say(_("  %(figures)s figures") % {"figures": len(queries.scenario()["declared"])})
