"""The answer to a list: the same rows in the same columns, each with what became of it."""

from pathlib import Path

import polars as pl
from django.utils.translation import pgettext_lazy

_OURS = "muster: "
_COLUMNS = {
    "line": pgettext_lazy("column of an answer", "row"),
    "state": pgettext_lazy("column of an answer", "state"),
    "reason": pgettext_lazy("column of an answer", "reason"),
    "note": pgettext_lazy("column of an answer", "note"),
}
_STATES = {
    "accepted": pgettext_lazy("of a row", "accepted"),
    "corrected": pgettext_lazy("of a row", "corrected"),
    "refused": pgettext_lazy("of a row", "refused"),
    "skipped": pgettext_lazy("of a row", "skipped"),
    "unchanged": pgettext_lazy("of a row", "unchanged"),
}
# A spreadsheet would run a cell that begins so.
_FORMULA = r"^[=+\-@\t\r]"


def write_result(raw: pl.DataFrame, outcome: pl.DataFrame, path: Path) -> Path:
    """Write rows as they were sent beside state, reason and note; returns the file.

    A list that came as Parquet is answered in Parquet, any other in csv, which a spreadsheet
    opens; cells that one would run as formulas are made harmless there. What an earlier answer
    said in a list that was mended in it is left out.
    """
    states = {state: str(words) for state, words in _STATES.items()}
    told = outcome.with_columns(pl.col("state").replace(states)).rename(
        {column: f"{_OURS}{words}" for column, words in _COLUMNS.items()}
    )
    answer = raw.drop(column for column in raw.columns if column.startswith(_OURS)).hstack(told)
    if path.suffix == ".parquet":
        out = path.with_suffix(".result.parquet")
        answer.write_parquet(out)
        return out
    out = path.with_suffix(".result.csv")
    harmless = answer.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${0}"))
    with out.open("wb") as file:
        file.write(b"\xef\xbb\xbf")  # Excel reads Vietnamese only with the mark
        harmless.write_csv(file)
    return out
