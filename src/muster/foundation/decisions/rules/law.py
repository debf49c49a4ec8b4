"""The dated values of deciding."""

from pathlib import Path

from muster.kernel import parameters

LAW = parameters.load(Path(__file__).parent.parent / "parameters.toml")
