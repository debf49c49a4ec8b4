"""What the law orders of each act of a season: who signs, whether a council proposes."""

from datetime import date

from muster.domains.recruitment import rules
from muster.foundation.decisions import rules as deciding
from muster.foundation.decisions.rules import Act, Office


def ordered(code: str, on: date) -> Act:
    """The act as the law orders it on a day.

    Deferrals, calls and lists stand in the decisions' own parameters; what only a
    season knows (the minutes of a hand-over, a return) in this slice's.
    """
    name = f"{code}_office"
    if name not in rules.LAW:
        return deciding.act(code, on)
    found = rules.LAW.on(name, on)
    offices = tuple(
        Office(each["level"], each["role"], found.source, found.confirmed) for each in found.value
    )
    note = "" if found.confirmed else f"{found.source}: {found.note or 'not checked'}"
    return Act(code=code, offices=offices, confirmed=found.confirmed, note=note)
