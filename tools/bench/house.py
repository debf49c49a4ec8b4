"""A database of a bench's own, with the shipped map, gone when the bench ends."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 22)


@contextmanager
def house() -> Iterator[Path]:
    """An installation in a temporary folder, ready to act in."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        os.environ["MUSTER_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        from muster.config import bootstrap

        bootstrap.prepare()
        from django.core.management import call_command

        from muster.foundation.units import actions
        from muster.shell import postgres, rls

        try:
            call_command("migrate", verbosity=0)
            with rls.scoped(role=rls.WIDE):
                actions.load_baseline(on=TODAY)
                actions.load_orders(by="bench", on=TODAY)
            yield Path(folder)
        finally:
            postgres.remove(Path(folder))


def play(wanted: set[str], *, men: int, seed: int) -> None:
    """Some scenes of the rehearsal, with as many invented men."""
    from muster.synthesis.rehearsal.actions import playing
    from muster.synthesis.rehearsal.rules import Scale

    whole = playing.scenes
    playing.scenes = lambda: [scene for scene in whole() if scene.name in wanted]
    playing.play(playing.Stage(Scale(men, men), seed, TODAY, print, lambda _done, _of: None))


def clock(work: Callable[[], object]) -> float:
    """Seconds that the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
