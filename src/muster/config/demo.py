"""`muster demo`: from an empty database to the half-year review, in one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.management import call_command
from django.utils import timezone, translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from muster.kernel.errors import Refused
from muster.shell import rls
from muster.synthesis.rehearsal import actions as rehearsal
from muster.synthesis.rehearsal.actions.people import ACCOUNTS, PASSWORD
from muster.synthesis.rehearsal.actions.playing import Stage, scenes
from muster.synthesis.rehearsal.rules import Scale
from muster.synthesis.reports import commands as reports
from muster.synthesis.reports import queries as reviews

LIFE_SIZE = 370_000
SEED = 7  # of the people invented; docs/explanation/figures.md says what depends on it
REVIEWS = (("31", "2025H1", date(2025, 6, 15)), ("52", "2025H1", date(2025, 7, 15)))


class NotANumber(Refused):
    """PEOPLE that is no number."""


def people(text: str | None) -> int:
    """How many men the demonstration province has; life size when nothing is said."""
    if not text:
        return LIFE_SIZE
    if not text.isdigit():
        raise NotANumber(f"PEOPLE is “{text}”; write a whole number such as 20000.")
    return int(text)


def prepare_and_play(men: int) -> None:
    """Bring the schema up to date, play what is not played, show the reviews."""
    console = Console()
    console.print("schema", style="dim")
    call_command("migrate", verbosity=0)
    with translation.override("en"):
        _play(console, Scale(men, LIFE_SIZE))
        _show_reviews(console)
    console.print(f"\nAccounts, password {PASSWORD}:", style="bold")
    for username, name, role, *_units in ACCOUNTS:
        console.print(f"  {username:12} {role.value:14} {name}", highlight=False)


def _play(console: Console, scale: Scale) -> None:
    with _bar(console) as bar:
        total = bar.add_task("demo", total=len(scenes()))
        part = bar.add_task("", total=None, visible=False)

        def say(text: str) -> None:
            if not text.startswith(" "):
                bar.update(total, advance=1, description=text)
                bar.update(part, visible=False)
            bar.console.print(text, highlight=False, markup=False)

        def track(done: int, of: int) -> None:
            bar.update(part, completed=done, total=of, visible=True)

        rehearsal.play(Stage(scale, SEED, timezone.localdate(), say, track))


@contextmanager
def _bar(console: Console) -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar


def _show_reviews(console: Console) -> None:
    for code, period, as_of in REVIEWS:
        with rls.scoped(role=rls.WIDE):
            review = reviews.half_year(code, period, as_of)
            reports.print_table(review)
            for language in ("vi", "en", "fr"):
                with translation.override(language):
                    for form in ("pdf", "html"):
                        path = reports.write(review, form, language)
                        console.print(f"  {path}", highlight=False, soft_wrap=True)
