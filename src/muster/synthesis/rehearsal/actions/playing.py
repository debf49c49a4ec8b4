"""Plays the demonstration from the map to the open season; interrupted, it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from django.db import transaction
from django.utils.translation import gettext as _

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger import actions as ledger
from muster.foundation.register.models import Person
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.actions import duties, facts, people, reform, seasons
from muster.synthesis.rehearsal.models import Done
from muster.synthesis.rehearsal.rules import NoDemonstration, Scale

Report = Callable[[str], None]
Track = Callable[[int, int], None]


@dataclass(frozen=True)
class Stage:
    """What every step is told: the size, the seed, the day it is played on, whom to tell."""

    scale: Scale
    seed: int
    today: date
    say: Report
    track: Track


@dataclass(frozen=True)
class Scene:
    """One step: its lasting name, what is said of it, and what it does."""

    name: str
    title: str
    act: Callable[[Stage], None]


def scenes() -> list[Scene]:
    """The steps in their order."""
    plan = queries.scenario()
    played = [each for each in plan["seasons"] if each["year"] < _REFORM_SEASON]
    later = [each for each in plan["seasons"] if each["year"] >= _REFORM_SEASON]
    return [
        Scene("map", _("The map before the reform"), reform.load_map),
        Scene("people", _("People of Hải Phòng, Hải Dương and a highland cluster"), people.settle),
        Scene("accounts", _("Accounts and posts"), people.open_accounts),
        Scene("councils", _("Military Service Councils of three levels"), people.found_councils),
        *(_season(each) for each in played),
        Scene("violations", _("Violations and sanctions"), facts.punish_offences),
        Scene("facts", _("Works and declared figures before the reform"), facts.record_works),
        Scene("reform", _("The reform of 1 July 2025"), reform.apply_reform),
        Scene("groups", _("Residential groups find their communes"), reform.place_groups),
        Scene("posts", _("Posts of the new units"), people.renew_posts),
        Scene("new-councils", _("Councils of two levels"), people.renew_councils),
        Scene("declared", _("Declared figures"), facts.declare),
        *(_season(each) for each in later),
        Scene("later", _("Orders since the reform"), reform.apply_later),
        Scene("papers", _("Papers that the communes file"), duties.file_papers),
        Scene("ends", _("Soldiers come home"), seasons.discharge_due),
        Scene("citizen", _("A citizen looks at his own entry"), people.open_citizen),
    ]


_REFORM_SEASON = 2026


def _season(spec: dict[str, object]) -> Scene:
    title = _("Season %(year)s of %(code)s") % {"year": spec["year"], "code": spec["province"]}
    name = f"season-{spec['year']}-{spec['province']}"
    return Scene(name, title, lambda stage: seasons.play_season(stage, spec))


def play(stage: Stage) -> None:
    """Play every step that is not done yet; each is one transaction and then placed in the log.

    Refused on a database that holds people of its own, or a demonstration of another size.
    """
    done = queries.done_steps()
    _require_own_database(stage, done)
    for scene in scenes():
        if scene.name in done:
            continue
        stage.say(scene.title)
        began = perf_counter()
        with transaction.atomic(), acting_as_system():
            scene.act(stage)
            Done.objects.create(
                step=scene.name, people=stage.scale.people, seconds=perf_counter() - began
            )
        ledger.place()


def _require_own_database(stage: Stage, done: dict[str, int]) -> None:
    sizes = set(done.values())
    if sizes - {stage.scale.people}:
        raise NoDemonstration(
            f"This database holds a demonstration of {sizes.pop()} people; "
            f"set PEOPLE to that number, or start anew with `muster demo --fresh`."
        )
    with acting_as_system():
        if not done and Person.objects.exists():
            raise NoDemonstration(
                "This database holds a register of its own; give the demonstration another "
                "MUSTER_HOME or DATABASE_URL."
            )
