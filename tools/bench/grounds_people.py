"""Invented men with every kind of fact, for the benches of the grounds."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from muster.domains.recruitment import grounds

ON, HAND_OVER = date(2025, 8, 20), date(2026, 3, 4)
RARE = 0.004  # of a hundred men some ten come under one ground or another
EPOCH = date(1970, 1, 1)


def people(number: int) -> pl.DataFrame:
    """Invented men with every kind of fact, most of them with none."""
    dice = np.random.default_rng(2025)

    def some(share: float) -> Any:
        return dice.random(number, dtype=np.float32) < share

    def days(first: date, last: date) -> pl.Series:
        begin, end = ((day - EPOCH).days for day in (first, last))
        return pl.Series(dice.integers(begin, end, number, dtype=np.int32)).cast(pl.Date)

    levels = dict(enumerate(("", "general", "vocational", "college", "university")))
    picked = dice.choice(5, number, p=[0.75, 0.07, 0.06, 0.04, 0.08]).astype(np.uint8)
    frame = pl.DataFrame(
        {
            "person_id": np.arange(1, number + 1),
            "birth_date": days(date(1996, 1, 1), date(2010, 1, 1)),
            "birth_precision": pl.Series(some(0.97)).replace_strict(
                {True: "day", False: "year"}, return_dtype=pl.String
            ),
            "education_grade": dice.choice(13, number, p=[0.005] * 8 + [0.06] * 4 + [0.72]),
            "study_level": pl.Series(picked).replace_strict(levels, return_dtype=pl.String),
            "study_mode": pl.Series(some(0.8)).replace_strict(
                {True: "full_time", False: "part_time"}, return_dtype=pl.String
            ),
            "study_course_no": 1 + some(0.1).astype(np.int64),
            "family_id": dice.integers(0, max(number * 2 // 3, 1), number),
            "has_degree": some(0.06), "deferred_for_study": some(0.08), "volunteer": some(0.02),
            "served": some(0.03), "active_service": some(0.02), "police_service": some(0.002),
            **{kind: some(RARE) for kind in grounds.KINDS},
            **{f"{kind}_documented": some(0.9) for kind in grounds.KINDS},
            **{f"{kind}_since": days(date(2021, 1, 1), ON) for kind in
               ("resettled", "special_area_posting", "permanent_militia")},
        }
    )  # fmt: skip
    unknown = {"birth_date": 0.001, "education_grade": 0.002, "family_id": 0.3}
    return frame.with_columns(
        pl.when(pl.Series(some(1 - share))).then(pl.col(name)).alias(name)
        for name, share in unknown.items()
    )
