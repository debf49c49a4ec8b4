"""A small province with its district and communes, its men and the calls they were sent."""

from datetime import date, timedelta

from muster.foundation.decisions import actions as decisions
from muster.foundation.register.models import Person
from muster.foundation.units.models import Order, Place, Tenure, Unit, UnitParent, UnitVersion

SINCE = date(2000, 1, 1)
REFORM = date(2025, 7, 1)


def order():
    found, _ = Order.objects.get_or_create(
        number="T-1", tree="government", signed_on=SINCE, effective_on=SINCE
    )
    return found


def unit(level, name, above=None, until=None):
    kind = {"commune": "xã", "district": "huyện", "province": "thành phố"}[level]
    made = Unit.objects.create(
        tree="government",
        level=level,
        code=name,
        opened_on=SINCE,
        opened_by=order(),
        closed_on=until,
        closed_by=order() if until else None,
        ended=bool(until),
    )
    span = {"valid_from": SINCE, "valid_to": until, "opened_by": order()}
    span["closed_by"] = order() if until else None
    UnitVersion.objects.create(unit=made, name=name, kind=kind, folded=name, sort_key=name, **span)
    if above:
        UnitParent.objects.create(unit=made, parent=above, **span)
    return made


def commune(name="Kiến Thụy", province=None):
    """A commune that stays, with its place; the district above it ends with the reform."""
    province = province or unit("province", f"Hải Phòng {name}")
    district = unit("district", f"Huyện {name}", province, until=REFORM)
    made = unit("commune", name)
    for above, start, end in ((district, SINCE, REFORM), (province, REFORM, None)):
        UnitParent.objects.create(
            unit=made,
            parent=above,
            valid_from=start,
            valid_to=end,
            opened_by=order(),
            closed_by=order() if end else None,
        )
    place = Place.objects.create(code=f"P {name}", name=name, folded=name, kind="commune")
    Tenure.objects.create(place=place, unit=made, valid_from=SINCE, opened_by=order())
    return made, place


def men(place, number=1):
    return Person.objects.bulk_create(
        Person(
            place=place,
            full_name=f"Nguyễn Văn {each}",
            folded=f"nguyen van {each}",
            sort_key=f"{each:05}",
            sex="m",
            birth_date=date(2005, 1, 1),
            registered_on=date(2022, 4, 10),
        )
        for each in range(number)
    )


def calls(people, *, event_on, served_on=None, kind="exam_call", unit=None, result="served"):
    """Lines calling these men for a day, served on a day (never, when it is None)."""
    drafts = [decisions.Draft(each.pk, each.place_id, "called") for each in people]
    decision = decisions.decide(
        kind=kind,
        unit_id=unit.pk,
        lines=drafts,
        signed_on=event_on - timedelta(days=30),
        event_on=event_on,
    )
    lines = list(decision.lines.order_by("pk"))
    if served_on:
        for line in lines:
            decisions.serve(line=line, delivered_on=served_on, result=result)
    return [line.pk for line in lines]
