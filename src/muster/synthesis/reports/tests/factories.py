"""Hải Phòng and a review of it, without cases: figures as the review of 2025 prints them."""

from datetime import date

from muster.foundation.units.queries import Named
from muster.kernel.manifest import Indicator
from muster.kernel.periods import parse
from muster.synthesis.indicators.queries import Figure
from muster.synthesis.indicators.rules import Amount, Basis
from muster.synthesis.reports.queries import Review

H1, BEFORE, YEAR = parse("2025H1"), parse("2024H1"), parse("2024")
DAY = date(2025, 6, 15)
ASSUMED = "assumption: 2,484–2,574 seats fit"
HAI_PHONG = Named(
    1, "government", "province", "31", "Hải Phòng", "thành phố", date(2023, 1, 1), None
)


def indicator(code, label, unit="percent", places=1, direction="up", **more):
    return Indicator(code, label, unit, places=places, direction=direction, **more)


REPLACED = indicator(
    "recruitment.replaced", "Recruits replaced", places=2, direction="down", rows=lambda _: []
)
PUNISHED = indicator("violations.punished", "Violations punished")
AWARDS = indicator("awards.certificates", "Certificates of merit", "count", 0)


def figure(wanted, now, then=None, *, before=BEFORE, **more):
    return Figure(
        indicator=wanted,
        period=H1,
        amount=Amount(*now),
        previous=Amount(*then) if then else None,
        previous_period=before,
        basis=more.pop("basis", Basis.DERIVED),
        source=more.pop("source", ""),
        **more,
    )


def replaced(**more):
    return figure(REPLACED, (4, 2550), (7, 2530), doubts=(ASSUMED,), **more)


def punished(**more):
    return figure(PUNISHED, (21, 21), (23, 190), before=YEAR, **more)


def awards():
    return figure(AWARDS, (11,), basis=Basis.DECLARED, source="post560440")


def review(*figures, others=(), unit=HAI_PHONG, as_of=DAY):
    return Review(unit, H1, as_of, figures or (replaced(), punished(), awards()), others)
