"""Which office signs which act on a day, and through which councils it goes before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from muster.foundation.decisions.rules.law import LAW
from muster.kernel.errors import Refused
from muster.kernel.parameters import Value

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


def paper_bases(on: date) -> tuple[str, ...]:
    """The texts that a paper of that day names as its bases."""
    return tuple(LAW.value("paper_bases", on))


def lifting_kind(kind: str) -> str:
    """The act that lifts a mark on a decision of that kind; "" for an entry of the register.

    >>> lifting_kind("health_conclusion"), lifting_kind("deferral")
    ('assessment_conclusion', 'dispute_lifting')
    """
    return "assessment_conclusion" if kind == "health_conclusion" else "dispute_lifting"


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
