"""A small country: two provinces, three districts, an island, six communes, two groups."""

from datetime import date

import pytest
from django.utils import translation

from muster.foundation.units import actions
from muster.foundation.units.actions.baseline import give_ground
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.rules import read

BEGINS, REFORM, TODAY = date(2023, 1, 1), date(2025, 7, 1), date(2026, 11, 22)


def establish(code, level, parent="", name=None, kind=None, **more):
    extra = "".join(
        f', {word} = "{value}"' for word, value in ({"parent": parent} | more).items() if value
    )
    return (
        f'[[acts]]\nact = "establish"\nunit = {{ code = "{code}", name = "{name or code}", '
        f'kind = "{kind or level}", level = "{level}"{extra} }}\n'
    )


def merge(sources, code, parent="31", name=None, level="commune"):
    above = f', parent = "{parent}"' if parent else ""
    codes = ", ".join(f'"{each}"' for each in sources)
    return (
        f'[[acts]]\nact = "merge"\nfrom = [{codes}]\ninto = {{ code = "{code}", '
        f'name = "{name or code}", kind = "phường", level = "{level}"{above} }}\n'
    )


def divide(unit, into, keeper=None):
    codes = ", ".join(f'"{each}"' for each in into)
    kept = f'keeper = "{keeper}"\n' if keeper else ""
    return f'[[acts]]\nact = "divide"\nunit = "{unit}"\ninto = [{codes}]\n{kept}'


def act(verb, **words):
    lines = "".join(f"{word} = {_toml(value)}\n" for word, value in words.items())
    return f'[[acts]]\nact = "{verb}"\n{lines}'


def _toml(value):
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"'


def text(number, *acts, on=REFORM, tree="government", signed=None, **head):
    more = "".join(f'{word} = "{value}"\n' for word, value in head.items())
    effect = f"effective_on = {on}\n" if on else ""
    return (
        f'[order]\nnumber = "{number}"\ntitle = "Order {number}"\nissuer = "Quốc hội"\n'
        f'signed_on = {signed or date(2020, 1, 1)}\n{effect}tree = "{tree}"\n'
        f'source = "made up"\nconfirmed = true\n{more}\n' + "\n".join(acts)
    )


def file(number, *acts, **head):
    return actions.file_order(written=read(text(number, *acts, **head).encode()))


def apply(number, *acts, **head):
    return actions.apply_order(order=file(number, *acts, **head), by="tester", on=TODAY)


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language in which they are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def country(db):
    """The map before the reform, with groups 1 and 2 in the commune 10003."""
    order = apply(
        BASELINE,
        establish("30", "province", name="Hải Dương", kind="tỉnh"),
        establish("31", "province", name="Hải Phòng", kind="thành phố"),
        establish("300", "district", "30"),
        establish("310", "district", "31"),
        establish("318", "district", "31", name="Bạch Long Vĩ", kind="huyện"),
        *(establish(code, "commune", "300") for code in ("10001", "10002", "10003")),
        *(establish(code, "commune", "310") for code in ("11001", "11002", "11003")),
        on=BEGINS,
    )
    give_ground(order)
    actions.establish_places(
        groups=[
            actions.NewGroup("10003-1", "Tổ dân phố 1", "10003"),
            actions.NewGroup("10003-2", "Tổ dân phố 2", "10003"),
        ]
    )
    return order


PROVINCES = ("202", merge(["30", "31"], "31", "", "Hải Phòng", "province"))
COMMUNES = (
    "1669",
    merge(["10001", "10002"], "10001", name="Thành Đông"),
    establish("10003", "commune", "31", name="Lê Thanh Nghị", kind="phường"),
    establish("11948", "commune", "31", name="Bạch Long Vĩ", kind="đặc khu"),
    merge(["11001", "11002"], "11002", name="An Biên"),
    divide("10003", ["10001", "10003"], keeper="10003"),
)
DISTRICTS = (
    "203",
    act("dissolve", unit="318", successors=["11948"]),
    act("dissolve", level="district"),
)


@pytest.fixture
def reform(country):
    """The same country after the reform: the orders by number."""
    filed = [file(*each) for each in (PROVINCES, COMMUNES, DISTRICTS)]
    done = actions.apply_orders(orders=filed, by="tester", on=TODAY)
    return {order.number: order for order in done}
