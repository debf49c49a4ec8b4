"""Under which user the server runs: our own, or for root an unprivileged one.

PostgreSQL refuses to run as root. Then its programs run as the user who owns
the data, else `muster`, else `nobody`. No user is added and no permission of a
parent folder is changed: where a parent is closed (a checkout below `/root`),
the server keeps the one capability to read past closed folders.
"""

import os
import pwd
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from muster.kernel.errors import Refused

_CANDIDATES = ("muster", "nobody")
# Bits of CapEff (linux/capability.h), the narrower first; containers often have only the second.
_PASS_CLOSED_FOLDERS = {"dac_read_search": 2, "dac_override": 1}
_ANYONE_MAY_ENTER = 0o001


class AccountUnusable(Refused):
    """No user on this machine may run the server on this data."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user that owns the data and runs the server."""

    uid: int
    gid: int

    def prefix(self, *needed: Path) -> tuple[str, ...]:
        """Words before a command line so that it runs as this user and reaches `needed`."""
        if os.geteuid() == self.uid:
            return ()
        words = (_setpriv(), f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups")
        if _open_to_all(needed):
            return (*words, "--")
        capability = _capability(needed)
        return (*words, f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}", "--")

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        if os.geteuid() == self.uid:
            return
        try:
            os.chown(path, self.uid, self.gid)
        except OSError as error:
            raise AccountUnusable(
                f"Root may not give {path} to another user ({error.strerror}); "
                "set MUSTER_HOME to a folder on a local disk."
            ) from error


def account_for(data: Path) -> Account:
    """The account for the server whose files are kept in the existing folder `data`."""
    owner, ours = data.stat().st_uid, os.geteuid()
    if ours == 0:
        return _unprivileged(owner)
    if owner != ours:
        raise AccountUnusable(
            f"{data} belongs to another user; set MUSTER_HOME to a folder of your own."
        )
    return _named(ours)


def _unprivileged(owner: int) -> Account:
    if owner:
        return _named(owner)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise AccountUnusable(
        "PostgreSQL does not run as root and there is no user “nobody” to run it as; "
        "work as an ordinary user."
    )


def _named(uid: int) -> Account:
    try:
        return Account(uid, pwd.getpwuid(uid).pw_gid)
    except KeyError:
        raise AccountUnusable(
            f"User {uid} has no name on this machine, which PostgreSQL asks for; "
            "add it to /etc/passwd, or point DATABASE_URL at a server of your own."
        ) from None


def _setpriv() -> str:
    found = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if found is None:
        raise AccountUnusable(
            "PostgreSQL does not run as root and the program `setpriv` (package util-linux) "
            "is missing; install it, or work as an ordinary user."
        )
    return found


def _open_to_all(paths: Iterable[Path]) -> bool:
    parents = {parent for path in paths for parent in path.resolve().parents}
    return all(parent.stat().st_mode & _ANYONE_MAY_ENTER for parent in parents)


def _capability(needed: Iterable[Path]) -> str:
    held = int(_status_field("CapEff"), base=16)
    for name, bit in _PASS_CLOSED_FOLDERS.items():
        if held >> bit & 1:
            return name
    raise AccountUnusable(
        f"The server's user cannot enter {', '.join(map(str, needed))} and root may not help it "
        "here; move the checkout and MUSTER_HOME to a folder that everyone may enter."
    )


def _status_field(name: str) -> str:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return line.split()[1]
    return "0"
