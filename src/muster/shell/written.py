"""Numbers and days as offices write them, in the reader's language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats, numberformat, timezone
from django.utils.translation import get_language, gettext

MISSING = "–"
MINUS = "\N{MINUS SIGN}"
Number = Decimal | float


def number(value: Number | None, places: int = 0) -> str:
    """A number: 2.550 in Vietnamese, 2,550 in English, 2 550 in French; “–” when not known."""
    if value is None:
        return MISSING
    text: str = numberformat.format(
        _rounded(value, places),
        formats.get_format("DECIMAL_SEPARATOR"),
        places,
        grouping=3,  # Django's Vietnamese formats leave it open
        thousand_sep=formats.get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )
    return text.replace("-", MINUS)


def percent(value: Number | None, places: int = 1) -> str:
    """A share in per cent: 12,1%, in French 12,1 %; decimals that are nought are left away."""
    if value is None:
        return MISSING
    exact = _rounded(value, places)
    whole = exact == exact.to_integral_value()
    space = "\N{NO-BREAK SPACE}" if get_language() == "fr" else ""
    return f"{number(exact, 0 if whole else places)}{space}%"


def signed(value: Number | None, places: int = 0) -> str:
    """A change with its sign: +3, −0,12, ±0."""
    if value is None:
        return MISSING
    sign = "+" if value > 0 else "" if value < 0 else "±"
    return f"{sign}{number(value, places)}"


def day(value: date | None) -> str:
    """A day: 01/07/2025, in English 1 Jul 2025; “–” when not known."""
    if value is None:
        return MISSING
    return formats.date_format(value, "j M Y" if get_language() == "en" else "d/m/Y")


def moment(value: datetime) -> str:
    """A moment of the office's own clock: 01/07/2025 09:30, in English 1 Jul 2025 09:30."""
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


def period(code: str) -> str:
    """A stretch of a year by its code: 2025, 2025H1, 2025Q3 or 2025-03, in words."""
    year, part = code[:4], code[4:]
    if not part:
        return gettext("the year %(year)s") % {"year": year}
    if part == "H1":
        return gettext("the first six months of %(year)s") % {"year": year}
    if part == "H2":
        return gettext("the last six months of %(year)s") % {"year": year}
    if part.startswith("Q"):
        quarter = ("I", "II", "III", "IV")[int(part[1:]) - 1]
        return gettext("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}
    return gettext("month %(month)s of %(year)s") % {"month": int(part[1:]), "year": year}


def article(cited: str) -> str:
    """A provision as it is cited: 41.1.g is “điểm g khoản 1 Điều 41”; other words stay."""
    number, _, rest = cited.partition(".")
    clause, _, point = rest.partition(".")
    if not number.isdecimal() or (clause and not clause.isdecimal()):
        return cited
    named = {"article": number, "clause": clause, "point": point}
    if point:
        return gettext("article %(article)s(%(clause)s)(%(point)s)") % named
    if clause:
        return gettext("article %(article)s(%(clause)s)") % named
    return gettext("article %(article)s") % named


def _rounded(value: Number, places: int) -> Decimal:
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
