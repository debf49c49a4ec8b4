"""The invented people of the demonstration, and the accounts to look at them with."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from muster.foundation.accounts import actions as accounts
from muster.foundation.accounts.models import Post, Role, User
from muster.foundation.decisions import actions as decisions
from muster.foundation.register import actions as register
from muster.foundation.register import synthetic
from muster.foundation.register.models import Certificate
from muster.foundation.units import actions as units
from muster.foundation.units import queries as reading
from muster.foundation.units.actions import NewGroup
from muster.foundation.units.models import Unit
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.actions.books import entered
from muster.synthesis.rehearsal.actions.reform import EVE, REFORM

if TYPE_CHECKING:
    from muster.synthesis.rehearsal.actions.playing import Stage

PASSWORD = "muster-demo"  # noqa: S105 - printed for everybody to try
START = date(2024, 1, 1)
_CLERKS_WARD = "11329"

#: The citizen who can be tried: he sees his own entry.
CITIZEN = "cong-dan"

#: Who can be tried: name, words, role, unit's code before and since the reform ("" = everywhere).
ACCOUNTS = (
    ("quan-tri", "Quản trị hệ thống", Role.ADMINISTRATOR, "", ""),
    ("thanh-pho", "Trợ lý quân lực thành phố", Role.COMMANDER, "31", "31"),
    ("phuong", "Trợ lý quân sự phường", Role.CLERK, "11320", "11329"),
    ("chu-tich", "Chủ tịch Ủy ban nhân dân thành phố", Role.CHAIRMAN, "31", "31"),
    ("hoi-dong", "Ủy viên Hội đồng nghĩa vụ quân sự", Role.COUNCIL, "11320", "11329"),
    ("bac-si", "Bác sĩ, Chủ tịch Hội đồng khám sức khỏe", Role.DOCTOR, "31", "31"),
    ("bac-si-2", "Bác sĩ Hội đồng khám sức khỏe", Role.DOCTOR, "31", "31"),
    ("thanh-tra", "Thanh tra", Role.INSPECTOR, "31", "31"),
    (CITIZEN, "Công dân, hồ sơ của chính mình", Role.CITIZEN, "", ""),
)
_AT_WORK = tuple(each for each in ACCOUNTS if each[2] != Role.CITIZEN)


def settle(stage: "Stage") -> None:
    """Generate the people, make places of their residential groups, and register them."""
    population = synthetic.generate(_communes(), men=stage.scale.people, seed=stage.seed, on=EVE)
    units.establish_places(groups=_groups(population.groups))
    registered = register.register_population(
        population=population,
        places=_places(),
        on=stage.today,
        basis=entered(
            gettext_noop("invented people of the demonstration, seed %(seed)s"), seed=stage.seed
        ),
        progress=lambda _step, done, total: stage.track(done, total),
    )
    stage.say(_("  %(people)s people registered") % {"people": registered})
    planted = population.truth.group_by("kind").len().sort("kind")
    stage.say("  " + ", ".join(f"{kind} {count}" for kind, count in planted.iter_rows()))


def open_accounts(stage: "Stage") -> None:
    """One account per role, with the posts of the old units."""
    for username, name, role, code, _since in _AT_WORK:
        user = accounts.open_account(username=username, name=name, password=PASSWORD, shared=True)
        unit = _unit(code, EVE) if code else None
        accounts.give_post(user=user, role=role, unit=unit, valid_from=START)
    stage.say("  " + ", ".join(each[0] for each in _AT_WORK))


def open_citizen(stage: "Stage") -> None:
    """A citizen of the clerk's ward about whom something was decided gets a sign-in and a paper."""
    man = queries.man_with_decisions(_unit(_CLERKS_WARD, stage.today).pk, stage.today)
    if man is None:
        stage.say(_("  no decision about anybody of the ward"))
        return
    basis = entered(gettext_noop("identity card of an invented person"))
    register.open_access(
        person=man, username=CITIZEN, password=PASSWORD, on=stage.today, basis=basis, shared=True
    )
    register.hand_out_paper(person=man, kind=Certificate.Kind.REGISTRATION, on=stage.today)
    stage.say(f"  {CITIZEN}")


def found_councils(stage: "Stage") -> None:
    """The Military Service Councils of three levels, as they stood before the reform."""
    spec = queries.scenario()["councils"]
    found = _councils(spec["founded_on"], ("province", "district", "commune"))
    stage.say(_("  %(councils)s councils") % {"councils": found})


def renew_councils(stage: "Stage") -> None:
    """Councils of ended units end with them; the new units establish theirs, on two levels."""
    ended = Unit.objects.filter(closed_on=REFORM).values_list("pk", flat=True)
    closed = decisions.close_bodies(unit_ids=list(ended), on=REFORM)
    found = _councils(REFORM, ("province", "commune"))
    stage.say(_("  %(closed)s ended, %(found)s founded") % {"closed": closed, "found": found})


def _councils(on: date, levels: tuple[str, ...]) -> int:
    members = queries.scenario()["councils"]
    return sum(
        decisions.establish_councils(
            unit_ids=queries.units_of_interest(on, level), on=on, members=members[level]
        )
        for level in levels
    )


def renew_posts(stage: "Stage") -> None:
    """Posts of units that ended go on in their successors."""
    for username, _name, role, code, since in _AT_WORK:
        user = User.objects.get(username=username)
        if code:
            Post.objects.filter(user=user, valid_to=None).update(valid_to=REFORM)
            accounts.give_post(user=user, role=role, unit=_unit(since, REFORM), valid_from=REFORM)
    _seat_doctors()
    stage.say(_("  %(posts)s posts") % {"posts": Post.objects.filter(valid_to=None).count()})


def _seat_doctors() -> None:
    """The Health Examination Council: the first doctor chairs it."""
    doctors = [each for each in ACCOUNTS if each[2] == Role.DOCTOR]
    decisions.establish_doctors(
        unit_id=_unit(doctors[0][4], REFORM).pk,
        name="Hội đồng khám sức khỏe nghĩa vụ quân sự",
        seats=[(each[1], User.objects.get(username=each[0])) for each in doctors],
        on=REFORM,
    )


def _unit(code: str, on: date) -> Unit:
    return Unit.objects.get(pk=reading.resolve(code, on).id)


def _communes() -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select v.code, v.name, v.kind, pv.code, v.area_km2
            from (select u.*, v.name, v.kind, v.area_km2 from units_unit u
                  join units_unitversion v on v.unit_id = u.id) v
            join units_unitparent d on d.unit_id = v.id and d.valid_from <= %s
                 and (d.valid_to is null or d.valid_to > %s)
            join units_unitparent p on p.unit_id = d.parent_id and p.valid_from <= %s
                 and (p.valid_to is null or p.valid_to > %s)
            join units_unit pv on pv.id = p.parent_id
            where v.tree = 'government' and v.level = 'commune' and v.opened_on <= %s
              and (v.closed_on is null or v.closed_on > %s)
            order by v.code
            """,
            [EVE] * 6,
        )
        rows = cursor.fetchall()
    schema = ["code", "name", "kind", "province_code", "area_km2"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _groups(groups: pl.DataFrame) -> list[NewGroup]:
    numbered = groups.sort("commune_code", "group_name").with_columns(
        number=pl.int_range(1, pl.len() + 1).over("commune_code")
    )
    return [
        NewGroup(
            f"{row['commune_code']}-{row['number']:02d}", row["group_name"], row["commune_code"]
        )
        for row in numbered.iter_rows(named=True)
    ]


def _places() -> dict[tuple[str, str | None], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select coalesce(w.code, p.code), case when w.id is null then null else p.name end, p.id
            from units_place p left join units_place w on w.id = p.within_id
            """
        )
        return {(commune, group): place for commune, group, place in cursor.fetchall()}
