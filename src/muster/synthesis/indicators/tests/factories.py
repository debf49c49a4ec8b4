"""A province and a commune beside it, with ground, and users who reach one of them."""

from datetime import date

from muster.foundation.accounts import actions as accounts
from muster.foundation.units.models import Order, Place, Tenure, Unit, UnitVersion
from muster.kernel.manifest import Indicator, Result, Row

SINCE = date(2000, 1, 1)
REFORM = date(2025, 7, 1)


def unit(code="52", name="Bình Định", kind="tỉnh", *, since=SINCE, until=None, level="province"):
    order, _ = Order.objects.get_or_create(
        number="T-1", tree="government", signed_on=SINCE, effective_on=SINCE
    )
    closing = {"closed_by": order} if until else {}
    made = Unit.objects.create(
        tree="government", level=level, code=code, opened_on=since, opened_by=order,
        closed_on=until, ended=bool(until), **closing,
    )  # fmt: skip
    UnitVersion.objects.create(
        unit=made, name=name, kind=kind, folded=name, sort_key=name, valid_from=since,
        valid_to=until, opened_by=order, **closing,
    )  # fmt: skip
    return made


def place(unit, name="P"):
    made = Place.objects.create(code=name, name=name, folded=name, kind="commune")
    Tenure.objects.create(
        place=made, unit=unit, valid_from=unit.opened_on, opened_by=unit.opened_by
    )
    return made


def user(role="administrator", unit=None, name="a"):
    made = accounts.open_account(username=f"{role}-{name}", name="A", password=None)
    accounts.give_post(user=made, role=role, unit=unit, valid_from=SINCE)
    return made


def shares(counts, *, number=3):
    """An indicator that knows of some periods how many of how many, and has rows."""

    def compute(scope):
        found = counts.get(scope.period.code)
        return Result.share(*found, source="cases", confirmed=found != (7, 2530)) if found else None

    def rows(_scope):
        return (Row(label=f"Case {each}", place="P") for each in range(number))

    return Indicator(
        "test.replaced", "Recruits replaced", "percent", compute, rows, direction="down", places=2,
        known=list,
    )  # fmt: skip
