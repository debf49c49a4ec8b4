"""The server's files: made once, whole or not at all, and its settings."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from muster.kernel.errors import Refused
from muster.shell.postgres import binaries
from muster.shell.postgres.account import Account, account_for

PORT = 5432  # names the socket only; each server has a folder of its own
_TRAVERSABLE = 0o711
# Nothing of the caller's surroundings reaches the server: no PG*, no LD_*, no broken LANG.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error's text repeats the value it stumbled on; personal data stays out of the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ClusterUnusable(Refused):
    """The server's files cannot be made or used."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one home keeps its server, and the user who runs it."""

    root: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def roles_stamp(self) -> Path:
        return self.root / "roles.sha256"

    def run(
        self, program: str, *words: str, scratch: Path, seconds: int = 180
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user, inside `root`.

        Paths are given relative to it: pg_ctl and initdb put them into shell
        commands, where a quote in a folder's name would end the word.
        """
        folder = binaries.speakable(scratch)
        return subprocess.run(  # noqa: S603 our own programs, no shell
            [*self.account.prefix(folder / program, self.root), str(folder / program), *words],
            cwd=self.root,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )


def root_of(home: Path) -> Path:
    """The folder of the home's server."""
    return home / "postgres"


def at(home: Path) -> Cluster:
    """The home's cluster, its folder made if missing; the files may not exist yet."""
    root = root_of(home)
    try:
        home.mkdir(_TRAVERSABLE, parents=True, exist_ok=True)
        root.mkdir(0o700, exist_ok=True)
        account = account_for(root)
    except OSError as error:
        raise ClusterUnusable(
            f"No database can be kept in {home} ({error.strerror}); "
            "set MUSTER_HOME to a folder that you may write to."
        ) from error
    account.own(root)
    return Cluster(root, account)


def initialise(cluster: Cluster) -> None:
    """Make the files if there are none; an attempt that was cut short leaves none."""
    if cluster.data.exists():
        _refuse_other_version(cluster)
        return
    for cut_short in cluster.root.glob("fresh-*"):
        shutil.rmtree(cut_short, ignore_errors=True)
    # Never the same name twice: a killed starter's initdb may still be writing.
    fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=cluster.root))
    cluster.account.own(fresh)
    _initdb(cluster, fresh.name)
    with (fresh / "postgresql.conf").open("a") as handle:
        handle.write("\ninclude = 'muster.conf'\n")
    fresh.rename(cluster.data)


def _initdb(cluster: Cluster, folder: str) -> None:
    with tempfile.TemporaryDirectory(prefix="muster-") as scratch:
        Path(scratch).chmod(_TRAVERSABLE)
        done = cluster.run(
            "initdb",
            f"--pgdata={folder}",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            *(["--no-sync"] if fast() else []),
            scratch=Path(scratch),
        )
    if done.returncode:
        raise ClusterUnusable(
            f"The database's files could not be made in {cluster.root} ({_reason(done.stderr)}); "
            "check the disk's free space, or set MUSTER_HOME."
        )


def write_settings(data: Path, sockets: Path) -> None:
    """Write our settings for the coming start, whole or not at all."""
    settings = _SETTINGS | {"port": str(PORT), "unix_socket_directories": str(sockets)}
    if fast():
        settings |= _FAST
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    replace(data / "muster.conf", lines)


def replace(file: Path, text: str) -> None:
    """Write a file that the server's user may read, in one step."""
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.write_text(text)
    draft.chmod(0o644)
    draft.replace(file)


def fast() -> bool:
    """Whether the server may forget on a power cut: for tests only."""
    return os.environ.get("MUSTER_PG_FAST") == "1"


def _reason(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if "error:" in line or "FATAL" in line]
    return lines[0].strip() if lines else "initdb gave no reason"


def _refuse_other_version(cluster: Cluster) -> None:
    written = (cluster.data / "PG_VERSION").read_text().strip()
    if written != str(binaries.major()):
        raise ClusterUnusable(
            f"The data in {cluster.root} was written by PostgreSQL {written}, but the programs "
            f"are {binaries.major()}; dump it with the older Muster and restore it with this one."
        )
