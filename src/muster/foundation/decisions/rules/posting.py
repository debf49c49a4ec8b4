"""What a posted list shows, and for how long it hangs."""

from datetime import date, timedelta

from muster.foundation.decisions.rules.law import LAW
from muster.kernel.periods import Span


def posting_span(signed_on: date, kind: str = "deferral") -> Span:
    """The days on which a list hangs: counted from the day of the signature.

    >>> posting_span(date(2025, 9, 10)).valid_to
    datetime.date(2025, 9, 30)
    """
    return Span(
        signed_on, signed_on + timedelta(days=LAW.integer(f"{kind}_posting_days", signed_on))
    )


def last_day(end: date) -> date:
    """The last day of a span that ends before `end`, as papers print it."""
    return end - timedelta(days=1)


def shown_article(article: str, on: date) -> str:
    """The article as a list may print it: no letter where the letter tells of an illness.

    >>> shown_article("41.1.a", date(2026, 2, 1)), shown_article("41.1.g", date(2026, 2, 1))
    ('41.1', '41.1.g')
    """
    masked = article in LAW.value("masked_articles", on)
    return article.rsplit(".", 1)[0] if masked else article


def shown_fields(kind: str, channel: str, on: date) -> dict[str, str]:
    """The columns that a posted list shows on a channel (`board` or `web`), each with its rule."""
    name = f"{kind}_{channel}_fields"
    return {each["field"]: each["rule"] for each in LAW.value(name, on)} if name in LAW else {}


def is_posted(kind: str, outcome: str, on: date) -> bool:
    """Whether a name of that outcome stands on a posted list: an absence is no result of a test.

    >>> is_posted("health_conclusion", "absent", date(2026, 2, 1))
    False
    """
    name = f"{kind}_unposted"
    return name not in LAW or outcome not in LAW.value(name, on)
