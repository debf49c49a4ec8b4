"""Two hundred clerks at work on a register of 1.2 million, and a spike of a hundred requests a second.

    .venv/bin/python tools/bench/load.py [--people 1200000] [--clerks 200] [--seconds 120] [--home DIR]

Every clerk of a commune searches, opens an entry, or looks at his work list, then thinks for
ten seconds; row-level security is on. The clock of the server runs from the request's
arrival at the application to its last byte; what a clerk waits for, in the same queue of the
same machine, is told beside it. `--home` keeps the register for the next run.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from house import TODAY, play
from lines import Line, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROVINCE, REFORM = "31", date(2025, 7, 1)
OTHERS = 1.08  # people of the neighbouring cluster, per man of the two provinces
THINK, SPIKE_RATE, SPIKE_SECONDS = 10.0, 100, 10
BARS = {"search": 25, "open": 75, "work list": 30}
BIND = "127.0.0.1:8917"


@dataclass(frozen=True)
class Clerk:
    """A sign-in, and what he knows: words of names and entries of his commune."""

    session: str
    names: list[str]
    entries: list[str]


@dataclass(frozen=True)
class Answer:
    """One request: what it was, its status, the server's and the clerk's milliseconds."""

    kind: str
    status: int
    server: float
    waited: float


# -- the server, timed ---------------------------------------------------------------------


def serve() -> None:
    """The house's own server; each answer tells how long the application took."""
    from django.core.management import call_command

    from muster.config import bootstrap, server

    bootstrap.prepare()
    call_command("collectstatic", interactive=False, verbosity=0)

    class Timed(server.Server):
        def load(self) -> Any:
            return timed(super().load())

    Timed(BIND).run()


def timed(application: "Callable[..., Any]") -> "Callable[..., Any]":
    def answer(environ: dict[str, Any], start_response: "Callable[..., Any]") -> list[bytes]:
        began, told = time.perf_counter(), []
        body = application(environ, lambda *words: told.append(words))
        whole = [b"".join(body)]
        body.close()
        spent = f"app;dur={(time.perf_counter() - began) * 1000:.2f}"
        status, headers, *rest = told[-1]
        start_response(status, [*headers, ("Server-Timing", spent)], *rest)
        return whole

    return answer


@contextmanager
def server() -> "Iterator[None]":
    import httpx

    process = subprocess.Popen([sys.executable, __file__, "--serve"], env=os.environ)
    try:
        for _ in range(120):
            try:
                httpx.get(f"http://{BIND}/sign-in/login/")
                break
            except httpx.TransportError:
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait()


# -- the register and its clerks -----------------------------------------------------------


def build(people: int) -> None:
    """The map, the people of the eve, the reform, the groups placed: by the rehearsal's scenes."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    wanted = {"map", "people", "accounts", "reform", "groups", "posts"}
    play(wanted, men=round(people / OTHERS), seed=2025)
    _rest()


def _rest() -> None:
    """Tidy up after the load, as a night does: no office searches a register a second old."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def clerks(count: int) -> list[Clerk]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from muster.foundation.accounts import actions as accounts
    from muster.foundation.accounts.models import Role, User
    from muster.foundation.units import queries as units
    from muster.foundation.units.models import Unit

    found = []
    with accounts.acting_as_system():
        communes = units.children(units.resolve(PROVINCE, TODAY).id, TODAY)
        known = {each.id: _known(each.id) for each in communes}
        peopled = [each for each in communes if known[each.id][0]]
        for number in range(count):
            commune = peopled[number % len(peopled)]
            name = f"clerk-{commune.id}-{number}"
            user = User.objects.filter(username=name).first()
            if user is None:
                user = accounts.open_account(username=name, name=name, password=None)
                unit = Unit.objects.get(pk=commune.id)
                accounts.give_post(user=user, role=Role.CLERK, unit=unit, valid_from=REFORM)
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.create()
            found.append(Clerk(str(session.session_key), *known[commune.id]))
    return found


def _known(commune: int) -> tuple[list[str], list[str]]:
    """Names and entries of a commune, fifty of each."""
    from django.db import connection

    from muster.foundation.units import queries as units

    with connection.cursor() as cursor:
        cursor.execute(
            "select folded, uid from register_person where place_id = any(%s) order by uid limit 50",
            [list(units.place_ids(commune, TODAY))],
        )
        rows = cursor.fetchall()
    return [row[0] for row in rows], [str(row[1]) for row in rows]


def addresses(clerk: Clerk, dice: random.Random) -> tuple[str, str]:
    """What he does next: its kind and its address."""
    from urllib.parse import urlencode

    from muster.foundation.register.models import numbers

    kind = dice.choice(list(BARS))
    if kind == "search":
        words = dice.choice(clerk.names).split()
        sought = " ".join(words[-dice.randint(1, len(words)) :])
        return kind, "/register/?" + urlencode({"find": numbers.keys().seal_text(sought)})
    if kind == "open":
        return kind, f"/register/person/{dice.choice(clerk.entries)}/"
    return kind, "/"


# -- the load ------------------------------------------------------------------------------


async def ask(browser: Any, clerk: Clerk, dice: random.Random) -> Answer:
    kind, address = addresses(clerk, dice)
    began = time.perf_counter()
    try:
        answer = await browser.get(address, cookies={"sessionid": clerk.session})
    except Exception as error:  # noqa: BLE001 - any broken answer counts
        print("  ", kind, type(error).__name__)
        return Answer(kind, 0, 0.0, (time.perf_counter() - began) * 1000)
    spent = float(answer.headers.get("server-timing", "app;dur=0").split("=")[1])
    return Answer(kind, answer.status_code, spent, (time.perf_counter() - began) * 1000)


async def office(browser: Any, everybody: list[Clerk], seconds: float) -> list[Answer]:
    """Every clerk in turn of asking and thinking, each starting at a moment of his own."""
    ends = time.perf_counter() + seconds

    async def day(clerk: Clerk, seed: int) -> list[Answer]:
        dice, told = random.Random(seed), []
        await asyncio.sleep(dice.uniform(0, THINK))
        while time.perf_counter() < ends:
            told.append(await ask(browser, clerk, dice))
            await asyncio.sleep(min(dice.expovariate(1 / THINK), ends - time.perf_counter()))
        return told

    days = await asyncio.gather(*(day(clerk, seed) for seed, clerk in enumerate(everybody)))
    return [answer for told in days for answer in told]


async def spike(browser: Any, everybody: list[Clerk]) -> list[Answer]:
    """A hundred new requests each second, whether the earlier ones are answered or not."""
    dice, waiting = random.Random(0), []
    for _ in range(SPIKE_RATE * SPIKE_SECONDS):
        waiting.append(asyncio.create_task(ask(browser, dice.choice(everybody), dice)))
        await asyncio.sleep(1 / SPIKE_RATE)
    return list(await asyncio.gather(*waiting))


async def both(everybody: list[Clerk], seconds: float) -> tuple[list[Answer], list[Answer]]:
    import httpx

    # The server closes an idle line after two seconds; a browser would ask again.
    limits = httpx.Limits(max_connections=None, keepalive_expiry=1)
    async with httpx.AsyncClient(base_url=f"http://{BIND}", timeout=60, limits=limits) as browser:
        # All have opened a page today, and every process has loaded its code.
        await asyncio.gather(
            *(browser.get("/", cookies={"sessionid": each.session}) for each in everybody)
        )
        await office(browser, everybody[:20], THINK)
        usual = await office(browser, everybody, seconds)
        return usual, await spike(browser, everybody)


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1]


def told(usual: list[Answer], burst: list[Answer], clerks: int) -> list[Line]:
    lines = []
    for kind, bar in BARS.items():
        server = [answer.server for answer in usual if answer.kind == kind]
        waited = [answer.waited for answer in usual if answer.kind == kind]
        p95 = percentile(server, 95)
        words = (
            f"p50 {percentile(server, 50):.0f}, p95 {p95:.0f}, p99 {percentile(server, 99):.0f} ms"
        )
        seen = f"; the clerk waits p95 {percentile(waited, 95):.0f} ms ({len(server)} asked)"
        lines.append(Line(kind, words + seen, f"p95 ≤ {bar} ms", held=p95 <= bar))
    wrong = sum(answer.status != 200 for answer in usual)  # noqa: PLR2004 - HTTP's own
    lines.append(
        Line(f"{clerks} clerks, {THINK:.0f} s to think", f"{wrong} errors", "0", held=not wrong)
    )
    broken = sum(answer.status != 200 for answer in burst)  # noqa: PLR2004
    slowest = max(answer.waited for answer in burst) / 1000
    words = f"{broken} errors of {len(burst)}; longest wait {slowest:.1f} s"
    spoken = f"spike of {SPIKE_RATE} requests/s for {SPIKE_SECONDS} s"
    return [*lines, Line(spoken, words, "no error", held=not broken)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_200_000)
    parser.add_argument("--clerks", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--home", type=Path, help="Keep the register here for the next run.")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
        return 0
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as temporary:
        home = options.home.absolute() if options.home else Path(temporary)
        os.environ["MUSTER_HOME"] = str(home)
        os.environ.pop("DATABASE_URL", None)
        from muster.config import bootstrap

        bootstrap.prepare()
        from muster.shell import postgres

        try:
            build(options.people)
            everybody = clerks(options.clerks)
            with server():
                usual, burst = asyncio.run(both(everybody, options.seconds))
        finally:
            if not options.home:
                postgres.remove(home)
    return show(f"Clerks at work, {options.people:,} people", told(usual, burst, options.clerks))


if __name__ == "__main__":
    sys.exit(main())
