"""Starts, finds, mends and stops the server of one home."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from muster.kernel.errors import Refused
from muster.shell.postgres import binaries, cluster, roles
from muster.shell.postgres.cluster import Cluster

_START_SECONDS = 120
_ACCEPTS, _REJECTS = 0, 1  # pg_isready's exit codes; others: no answer
# Backends of a killed server hold its memory until they notice.
_RETRIES, _PAUSE = 20, 0.5
_LOG_LIMIT = 10 * 2**20


class ServerUnusable(Refused):
    """The embedded server does not start or does not stop."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that accepts connections; `host` is the folder of its socket."""

    home: Path
    host: str
    port: int
    pid: int

    def address(self, *, database: str = roles.DATABASE, user: str = roles.OWNER) -> str:
        """The address as libpq, psycopg and DATABASE_URL write it."""
        where = urlencode({"host": self.host, "port": self.port})
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?{where}"

    @property
    def url(self) -> str:
        """Database `muster` as its owner: what Muster works with."""
        return self.address()

    @property
    def superuser_url(self) -> str:
        """The maintenance database as superuser: for roles, backups and repairs."""
        return self.address(database=roles.SUPERUSER, user=roles.SUPERUSER)


@dataclass(frozen=True, slots=True)
class _Postmaster:
    """What a running server wrote into `postmaster.pid`."""

    pid: int
    port: int
    sockets: str


def ensure(home: Path) -> Server:
    """The home's server, started, restarted or first made as needed; roles included."""
    server = status(home)
    if server is None or not _has_current_roles(home):
        with _locked(home) as place:
            server = _running(home, place) or _start(home, place)
            _bring_roles_up(server, place)
    return server


def status(home: Path) -> Server | None:
    """The home's server if it accepts connections now; changes nothing."""
    postmaster = _postmaster(cluster.root_of(home) / "data")
    if postmaster is None or _answer(postmaster) != _ACCEPTS:
        return None
    return Server(home, postmaster.sockets, postmaster.port, postmaster.pid)


def stop(home: Path) -> bool:
    """Stop the home's server, ending open sessions; False if none ran."""
    if not cluster.root_of(home).is_dir():
        return False
    with _locked(home) as place:
        return _stop(place)


def remove(home: Path) -> None:
    """Stop the home's server and delete its data for good."""
    stop(home)
    shutil.rmtree(cluster.root_of(home), ignore_errors=True)


@contextmanager
def _locked(home: Path) -> Iterator[Cluster]:
    """One process at a time; the lock ends with its holder, however it dies."""
    place = cluster.at(home)
    descriptor = os.open(place.root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield place
    finally:
        os.close(descriptor)


def _running(home: Path, place: Cluster) -> Server | None:
    """The live server, once it accepts; one that nobody can reach is stopped."""
    postmaster = _postmaster(place.data)
    if postmaster is None:
        return None
    deadline = time.monotonic() + _START_SECONDS
    while (answer := _answer(postmaster)) == _REJECTS and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    if answer == _ACCEPTS:
        return Server(home, postmaster.sockets, postmaster.port, postmaster.pid)
    _stop(place)
    return None


def _start(home: Path, place: Cluster) -> Server:
    cluster.initialise(place)
    _clear_after_crash(place)
    place.roles_stamp.unlink(missing_ok=True)
    sockets = Path(tempfile.mkdtemp(prefix="muster-", dir=_short_temporary()))
    place.account.own(sockets)
    cluster.write_settings(place.data, sockets)
    for _ in range(_RETRIES):
        words = ("--pgdata=data", "--log=server.log", "--wait", "-t", str(_START_SECONDS))
        place.run("pg_ctl", "start", *words, scratch=sockets)
        server = status(home)
        if server:
            return server
        if "still in use" not in _end_of(place.log):
            break
        time.sleep(_PAUSE)
    shutil.rmtree(sockets, ignore_errors=True)
    raise ServerUnusable(
        f"The embedded database does not start; its last words are in {place.log}."
    )


def _stop(place: Cluster) -> bool:
    postmaster = _postmaster(place.data)
    if postmaster is None:
        return False
    scratch = Path(postmaster.sockets)
    words = ("--pgdata=data", "--mode=fast", "--wait", "-t", str(_START_SECONDS))
    try:
        done = place.run("pg_ctl", "stop", *words, scratch=scratch)
    except OSError:  # the programs' copy went with the socket's folder
        os.kill(postmaster.pid, signal.SIGQUIT)
    else:
        if done.returncode:
            raise ServerUnusable(f"The embedded database does not stop; see {place.log}.")
    shutil.rmtree(scratch, ignore_errors=True)
    return True


def _clear_after_crash(place: Cluster) -> None:
    """Remove what a killed server left: a stale pid file would name somebody else's process."""
    file = place.data / "postmaster.pid"
    left = _written(file)
    if left:
        shutil.rmtree(left.sockets, ignore_errors=True)
    file.unlink(missing_ok=True)
    if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
        place.log.unlink()


def _postmaster(data: Path) -> _Postmaster | None:
    """The live server of these files, by its own pid file."""
    found = _written(data / "postmaster.pid")
    return found if found and _works_in(found.pid, data) else None


def _written(file: Path) -> _Postmaster | None:
    try:
        lines = file.read_text().splitlines()
        return _Postmaster(int(lines[0]), int(lines[3]), lines[4])
    except (OSError, IndexError, ValueError):
        return None


def _works_in(pid: int, data: Path) -> bool:
    """Whether that process is alive and is the server of `data`, not a later namesake."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return False


def _answer(postmaster: _Postmaster) -> int:
    words = ["-h", postmaster.sockets, "-p", str(postmaster.port), "-t", "5", "-q"]
    program = binaries.folder() / "pg_isready"
    return subprocess.run([program, *words], env={"LC_ALL": "C"}, check=False).returncode  # noqa: S603


def _bring_roles_up(server: Server, place: Cluster) -> None:
    if _has_current_roles(server.home):
        return
    database = server.address(user=roles.SUPERUSER)
    roles.create(server.superuser_url, database)
    cluster.replace(place.roles_stamp, roles.digest())


def _has_current_roles(home: Path) -> bool:
    stamp = cluster.root_of(home) / "roles.sha256"
    try:
        return stamp.read_text() == roles.digest()
    except OSError:
        return False


def _short_temporary() -> str:
    """A socket's path may have 107 bytes, so a long TMPDIR is no place for it."""
    return "/tmp" if os.access("/tmp", os.W_OK) else tempfile.gettempdir()  # noqa: S108


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
