"""How people answer a call: who comes, who has a reason, who refuses. Inputs of life, never outcomes."""

import polars as pl

from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.tables import table


def behaviour(persons: pl.DataFrame, *, seed: int, season: int) -> pl.DataFrame:
    """What each would do in the season if called, by the probabilities of `behaviour.toml`.

    `persons` needs source_id; a Boolean column `away` marks those who live elsewhere for work.
    Columns: source_id; comes_to_screening, screening_reason (a good reason when absent),
    comes_to_exam, exam_reason, refuses_paper, refuses_call_up, hidden_fault (Boolean each).
    """
    people, dice, life = persons.sort("source_id"), Dice(seed), table("behaviour")
    who = people["source_id"]
    away = (
        people["away"]
        if "away" in people.columns
        else pl.Series([False]).new_from_index(0, len(people))
    )

    def asked(question: str, share: float | pl.Series) -> pl.Series:
        return dice.chance(who, f"{question} in {season}", share)

    def comes(step: str) -> pl.Series:
        share = life[step]["comes"] + away.cast(pl.Float64) * (
            life[step]["comes_away"] - life[step]["comes"]
        )
        return asked(f"comes to the {step}", share)

    screening, exam = comes("screening"), comes("examination")
    reason = life["absence"]["good_reason"]
    return pl.DataFrame(
        {
            "source_id": who,
            "comes_to_screening": screening,
            "screening_reason": ~screening & asked("reason at screening", reason),
            "comes_to_exam": exam,
            "exam_reason": ~exam & asked("reason at examination", reason),
            "refuses_paper": asked("refuses the paper", life["service"]["refuses_paper"]),
            "refuses_call_up": asked("refuses the call-up", life["service"]["refuses_call_up"]),
            "hidden_fault": asked("hidden fault", life["unit"]["hidden_fault"]),
        }
    )
