"""The law of deciding: who signs, what passes, how long a list hangs, when a call came in time.

Plain functions over plain values; what law may change stands in `parameters.toml`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from muster.kernel.errors import Refused
from muster.kernel.parameters import Value, beside
from muster.kernel.periods import Span

LAW = beside(__file__)

_WEEKEND = (5, 6)

#: How a deputy signs: for the head, by the head's order, by sub-delegation (Decree 30/2020).
SIGNING_FORMS = ("KT", "TL", "TUQ")

#: What an office puts behind its numbers (Decree 30/2020, app. III); others sign for the committee.
SYMBOLS = {"commander": "QĐ-BCH", "exam_chair": "KL-HĐKSK", "assessment_chair": "KL-HĐGĐYK"}

#: The levels of local government, from the narrowest to the widest.
LEVELS = ("commune", "district", "province")

#: What a man gets whose request is declined, by what he asked for; the answer may turn it round.
DECLINED = {"deferred": "not_deferred", "exempt": "not_exempt"}
GRANTED = {declined: asked for asked, declined in DECLINED.items()}
#: The act that grants each.
GRANTING = {"deferred": "deferral", "exempt": "exemption"}

#: Why a request is declined: by the vote of a council, by the facts, by the papers.
REASONS = ("not_carried", "no_ground", "no_paper")

#: What a later line may do to an earlier one.
WAYS = ("set_aside", "corrected", "withdrawn")


class UnknownAct(Refused):
    """An act for which no signing office is known on that day."""


class ImpossibleVote(Refused):
    """Counts of a vote that contradict each other."""


class WrongOffice(Refused):
    """An act signed by an office that the law does not name for it on that day."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that signs: a role at a level, with the law that says so."""

    level: str
    role: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What the law orders of one kind of decision on one day.

    A slice whose kind is not in `parameters.toml` here (a sanction, an award)
    builds its own from its own parameters. Days are calendar days; `None` = not
    posted, not served. `steps` are the levels of the councils that it passes before it
    is signed: the first proposes, each later one reviews.
    """

    code: str
    offices: tuple[Office, ...]
    symbol: str = "QĐ-UBND"
    steps: tuple[str, ...] = ()
    posting_days: int | None = None
    notice_days: int | None = None
    service_days: int | None = None
    confirmed: bool = True
    note: str = ""

    def office_at(self, level: str) -> Office | None:
        """The office of that level that signs, if one does."""
        return next((office for office in self.offices if office.level == level), None)

    def next_step(self, carried: Collection[str]) -> str:
        """The level of the next council, once those of `carried` carried a list; "" = sign it.

        The chain that holds is that of the day of the next act, a vote or the signature: a
        council added since is asked all the same, one dropped is not, and what was carried
        stays carried.
        """
        return next((step for step in self.steps if step not in carried), "")


@dataclass(frozen=True, slots=True)
class Count:
    """A vote as it was counted, so that a page can say how."""

    members: int
    present: int
    ayes: int
    noes: int
    recused: int
    needed: int

    @property
    def passed(self) -> bool:
        """Whether the ayes reach what is needed of all members."""
        return self.ayes >= self.needed


def council_titles(members: int) -> tuple[str, ...]:
    """The seats of a council of that size: the three that art. 36.1 names, then members.

    The titles are the official Vietnamese ones, since they are printed on papers.
    """
    named = (
        "Chủ tịch Hội đồng: Chủ tịch Ủy ban nhân dân",
        "Phó Chủ tịch Thường trực: Chỉ huy trưởng quân sự",
        "Phó Chủ tịch: Trưởng Công an",
    )
    return (*named, *(f"Ủy viên {number}" for number in range(1, members - len(named) + 1)))[
        :members
    ]


def doctors_titles(members: int) -> tuple[str, ...]:
    """The seats of a council of doctors of that size: its chair, then members."""
    return ("Chủ tịch Hội đồng", *(f"Ủy viên {number}" for number in range(1, members)))


def votes_needed(members: int, on: date) -> int:
    """Ayes that carry a resolution: more than half of *all* members (art. 36.3).

    >>> votes_needed(16, date(2025, 8, 20)), votes_needed(15, date(2025, 8, 20))
    (9, 8)
    """
    return int(members * Fraction(LAW.text("majority", on))) + 1


def passes(ayes: int, members: int, on: date) -> bool:
    """Whether the ayes carry a resolution, whoever was present or recused (art. 36.3).

    >>> passes(9, 16, date(2025, 8, 20)), passes(8, 16, date(2025, 8, 20))
    (True, False)
    """
    return ayes >= votes_needed(members, on)


def count(
    *, on: date, members: int, present: int, ayes: int, noes: int = 0, recused: int = 0
) -> Count:
    """The count of a vote; `ImpossibleVote` when more voted than came, or came than sit.

    A recusal takes nobody off the members: the number needed stays (art. 36.3).
    """
    if min(members, present, ayes, noes, recused) < 0 or members == 0:
        raise ImpossibleVote("a vote is counted in whole heads of a council that has members.")
    if present > members or ayes + noes + recused > present:
        raise ImpossibleVote(
            f"{ayes} for, {noes} against and {recused} recused cannot come from "
            f"{present} present of {members} members; count again.",
            code="vote.impossible",
        )
    return Count(members, present, ayes, noes, recused, votes_needed(members, on))


def signing_offices(act: str, on: date) -> tuple[Office, ...]:
    """Every office that may sign an act on a day; `UnknownAct` where none is known.

    Until 30 June 2025 the district decided (Law 78/2015, art. 34.5, 34.6, 40.2, 42.1);
    since then the commune calls and the province decides (Law 98/2025).
    """
    name = f"{act}_office"
    if name not in LAW:
        raise UnknownAct(f'no office is known to sign "{act}"; add {name} to the parameters.')
    found = LAW.on(name, on)
    return tuple(
        Office(each["level"], each["role"], found.source, found.confirmed) for each in found.value
    )


def knows(act: str) -> bool:
    """Whether the law of deciding names the offices of an act; a slice's own act it does not."""
    return f"{act}_office" in LAW


def signing_office(act: str, on: date) -> Office:
    """The office that signs an act on a day; the first where the law names several.

    >>> signing_office("deferral", date(2025, 6, 30)).level
    'district'
    >>> signing_office("deferral", date(2025, 7, 1)).level
    'province'
    """
    return signing_offices(act, on)[0]


def act(code: str, on: date) -> Act:
    """All that the law orders of an act on a day, in one value."""
    offices = signing_offices(code, on)
    ordered = ("office", "steps", "posting_days", "notice_days", "service_days")
    values = [LAW.on(f"{code}_{each}", on) for each in ordered if f"{code}_{each}" in LAW]
    doubtful = [value for value in values if not value.confirmed]
    return Act(
        code=code,
        offices=offices,
        symbol=SYMBOLS.get(offices[0].role, "QĐ-UBND"),
        steps=_steps(code, on),
        posting_days=_days(f"{code}_posting_days", on),
        notice_days=_days(f"{code}_notice_days", on),
        service_days=_days(f"{code}_service_days", on),
        confirmed=not doubtful,
        note=_doubts(doubtful),
    )


def granted_by_answer(outcome: str, on: date) -> Act:
    """The deferral or exemption that a complaint's answer grants, as any other but for three things.

    No council votes again, the office that answers signs, and it is served like the refusal
    whose place it takes.

    >>> granted_by_answer("deferred", date(2026, 2, 1)).posting_days
    20
    """
    answer, refusal = act("complaint_answer", on), act("request_refusal", on)
    plain = act(GRANTING[outcome], on)
    laws = (plain, answer, refusal)
    return replace(
        plain,
        offices=answer.offices,
        steps=(),
        service_days=refusal.service_days,
        confirmed=all(each.confirmed for each in laws),
        note="; ".join(dict.fromkeys(each.note for each in laws if each.note)),
    )


def acts_with_steps() -> list[str]:
    """The acts that councils vote on, on whatever day."""
    return sorted(
        {each.name.removesuffix("_steps") for each in LAW.all() if each.name.endswith("_steps")}
    )


def check_office(act: Act, *, level: str, unit: str, on: date) -> Office:
    """The office of a unit's level that signs the act, or `WrongOffice` in a sentence."""
    office = act.office_at(level)
    if office is None:
        named = " or ".join(f"the {each.role} of the {each.level}" for each in act.offices)
        raise WrongOffice(
            f'"{act.code}" of {on} is signed by {named} ({act.offices[0].source}), '
            f"not by {unit}, which is of the level {level or 'unknown'}; send it there.",
            code="decision.wrong_office",
        )
    return office


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


def paper_bases(on: date) -> tuple[str, ...]:
    """The texts that a paper of that day names as its bases."""
    return tuple(LAW.value("paper_bases", on))


def serve_by(event_on: date, kind: str) -> date:
    """The last day on which a call may be served for an event on that day."""
    return event_on - timedelta(days=LAW.integer(f"{kind}_notice_days", event_on))


def served_in_time(served_on: date | None, event_on: date, kind: str) -> bool:
    """Whether a call came early enough; an unserved one never did (art. 35.5).

    >>> served_in_time(date(2026, 2, 17), date(2026, 3, 4), "call_up")
    True
    >>> served_in_time(date(2026, 2, 18), date(2026, 3, 4), "call_up")
    False
    """
    return served_on is not None and served_on <= serve_by(event_on, kind)


def complaint_until(received_on: date) -> date:
    """The last day for a complaint: the day of receipt is not counted (Law 02/2011)."""
    return received_on + timedelta(days=LAW.integer("complaint_days", received_on))


def second_complaint_until(since: date, *, remote: bool) -> date:
    """The last day for the second complaint, from the first answer or the day it was due."""
    name = "second_complaint_remote_days" if remote else "second_complaint_days"
    return since + timedelta(days=LAW.integer(name, since))


def settle_by(accepted_on: date, *, instance: int, complex_case: bool, remote: bool) -> date:
    """The last day for an answer of the first or second instance (Law 02/2011, art. 28)."""
    name = "_".join(
        [
            {1: "first", 2: "second"}[instance],
            "settlement",
            *(["remote"] if remote else []),
            *(["complex"] if complex_case else []),
            "days",
        ]
    )
    return accepted_on + timedelta(days=LAW.integer(name, accepted_on))


def accept_by(received_on: date, holidays: Sequence[date] = ()) -> date:
    """The last day on which a complaint is accepted or refused, in working days."""
    return add_working_days(
        received_on, LAW.integer("acceptance_working_days", received_on), holidays
    )


def look_by(marked_on: date, holidays: Sequence[date] = ()) -> date:
    """The last day on which an entry marked disputed must be looked at, in working days."""
    return add_working_days(marked_on, LAW.integer("dispute_working_days", marked_on), holidays)


def closed_until(on: date) -> date:
    """Whatever was last said of a closed outcome before this day is gone: a house rule of days.

    >>> closed_until(date(2027, 3, 1))
    datetime.date(2026, 3, 1)
    """
    return on - timedelta(days=LAW.integer("closed_outcome_days", on))


def lifting_kind(kind: str) -> str:
    """The act that lifts a mark on a decision of that kind; "" for an entry of the register.

    >>> lifting_kind("health_conclusion"), lifting_kind("deferral")
    ('assessment_conclusion', 'dispute_lifting')
    """
    return "assessment_conclusion" if kind == "health_conclusion" else "dispute_lifting"


def add_working_days(start: date, days: int, holidays: Sequence[date] = ()) -> date:
    """The day `days` working days (Monday to Friday, no holiday) after `start`.

    >>> add_working_days(date(2026, 7, 3), 7)
    datetime.date(2026, 7, 14)
    """
    day, left, closed = start, days, frozenset(holidays)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in _WEEKEND and day not in closed
    return day


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


def _steps(code: str, on: date) -> tuple[str, ...]:
    """The levels in the order of the chain; kept in that of the levels, since lists go upwards."""
    name = f"{code}_steps"
    named = LAW.value(name, on) if name in LAW else ()
    return tuple(level for level in LEVELS if level in named)


def _days(name: str, on: date) -> int | None:
    return LAW.integer(name, on) if name in LAW else None


def _doubts(values: Sequence[Value]) -> str:
    """Why something is unconfirmed, in one line, each reason once."""
    reasons = dict.fromkeys(f"{value.source}: {value.note or 'not checked'}" for value in values)
    return "; ".join(reasons)
