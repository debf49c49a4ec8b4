"""The model of `model.toml`, in Splink's words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # who only reads of findings need not wait for Splink
    from splink import SettingsCreator

UNKNOWN = "unknown"


@cache
def model() -> Mapping[str, Any]:
    """The tables of `model.toml`."""
    return tomllib.loads(files(__package__).joinpath("model.toml").read_text(encoding="utf-8"))


COMPARISONS: tuple[str, ...] = tuple(model()["comparisons"])


@cache
def findings(comparison: str) -> tuple[str, ...]:
    """What a comparison can find, in the order in which it is looked for."""
    return tuple(model()["findings"][model()["comparisons"][comparison]["kind"]])


def rates(comparison: str, finding: str) -> Mapping[str, Any] | None:
    """How often the finding is made on one person (m) and on two (u); None: it says nothing."""
    found: Mapping[str, Any] | None = model()["comparisons"][comparison].get(finding)
    return found


def settings(entries: int, without_number: float) -> "SettingsCreator":
    """Splink's settings for a register of so many entries, a share of them without number."""
    from splink import SettingsCreator

    lacking = max(1 - (1 - without_number) ** 2, 1 / max(entries, 2))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=2 * model()["prior"]["doubles"] / max(entries, 2),
        comparisons=[_comparison(name, lacking) for name in COMPARISONS],
        blocking_rules_to_generate_predictions=_candidates(),
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        linker_uid="muster",
    )


def _candidates() -> list[Any]:
    wanted = model()["candidates"]
    equal = [[number] for number in wanted["numbers"]], wanted["shared"]
    numbers, shared = (
        [" and ".join(f"l.{column} = r.{column}" for column in columns) for columns in rules]
        for rules in equal
    )
    rules = [*numbers, *(f"{rule} and ({wanted['possible']})" for rule in shared)]
    return [{"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in rules]


def _comparison(name: str, lacking: float) -> dict[str, Any]:
    levels = [
        _level(name, finding, condition, lacking) for finding, condition in conditions(name).items()
    ]
    return {"output_column_name": name, "comparison_levels": levels}


def conditions(name: str) -> dict[str, str]:
    """The condition of each finding of a comparison, in SQL, in the order of looking."""
    texts: dict[str, str] = model()["findings"][model()["comparisons"][name]["kind"]]
    return {finding: _condition(text, name) for finding, text in texts.items()}


def _level(name: str, finding: str, condition: str, lacking: float) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": condition, "label_for_charts": finding}
    told = rates(name, finding)
    if told is None:
        return level | {"is_null_level": True}
    u = lacking if told["u"] == "lacking" else told["u"]
    level |= {"m_probability": told["m"], "u_probability": u}
    if told.get("frequency"):
        level |= {"tf_adjustment_column": name, "disable_tf_exact_match_detection": True}
    return level


def _condition(condition: str, name: str) -> str:
    if condition == "else":
        return "ELSE"
    for part, text in model()["parts"].items():
        condition = condition.replace(f"{{{part}}}", text)
    return condition.replace("{x}", name)
