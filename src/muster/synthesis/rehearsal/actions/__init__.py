"""The demonstration, step by step, each through the actions that users call."""

from muster.synthesis.rehearsal.actions.playing import play

__all__ = ["play"]
