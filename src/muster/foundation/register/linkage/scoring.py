"""Candidate pairs and their weights, by Splink on DuckDB."""

import polars as pl

from muster.foundation.register.linkage.model import COMPARISONS, UNKNOWN, findings, settings

DIGITS = 3  # of a weight in bits: what is shown is what was decided upon


def scored(rows: pl.DataFrame) -> pl.DataFrame:
    """Every candidate pair of prepared entries once, sorted: left < right, bits, probability.

    And for each comparison `<name>`, the finding, and `<name>_bits`, its weight.
    """
    import duckdb
    from splink import DuckDBAPI, Linker

    with duckdb.connect(":memory:") as connection:
        connection.register("arrived", rows.to_arrow())
        connection.execute("create table prepared as select * from arrived")
        entries = DuckDBAPI(connection).register("prepared")
        model = settings(len(rows), rows["citizen"].null_count() / max(len(rows), 1))
        linker = Linker(entries, model, log_level=None, validate_settings=False)
        predicted = linker.inference.predict(warning_mode="never")
        found = predicted.as_duckdbpyrelation().pl()
    return _in_order(found)


def _in_order(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        left="id_l",
        right="id_r",
        bits=pl.col("match_weight").round(DIGITS),
        probability="match_probability",
        **{name: _in_words(name) for name in COMPARISONS},
        **{f"{name}_bits": _weight(name, found.columns) for name in COMPARISONS},
    ).sort("left", "right")


def _in_words(name: str) -> pl.Expr:
    """Splink numbers the findings from the last up, and calls what nobody knows -1."""
    told = [finding for finding in findings(name) if finding != UNKNOWN]
    words = dict(enumerate(reversed(told))) | {-1: UNKNOWN}
    return pl.col(f"gamma_{name}").replace_strict(words, return_dtype=pl.String)


def _weight(name: str, columns: list[str]) -> pl.Expr:
    """The weight of the finding, and what the value's frequency adds to it or takes away."""
    parts = [column for column in (f"mw_{name}", f"mw_tf_adj_{name}") if column in columns]
    return pl.sum_horizontal(parts).round(DIGITS)
