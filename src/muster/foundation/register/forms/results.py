"""The answer to a list: the same rows in the same columns, each with what became of it."""

from pathlib import Path

import polars as pl

# A spreadsheet would run a cell that begins so.
_FORMULA = r"^[=+\-@\t\r]"


def write_result(raw: pl.DataFrame, outcome: pl.DataFrame, path: Path) -> Path:
    """Write rows as they were sent beside state, reason and note; returns the file.

    A list that came as Parquet is answered in Parquet, any other in csv, which a spreadsheet
    opens; cells that one would run as formulas are made harmless there.
    """
    answer = raw.hstack(outcome.rename({"state": "muster: state", "reason": "muster: reason",
                                        "note": "muster: note", "line": "muster: row"}))  # fmt: skip
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
