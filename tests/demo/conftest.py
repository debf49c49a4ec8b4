"""One small demonstration for all tests of this folder, played by the command that users type."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PEOPLE = "4000"
MUSTER = Path(sys.executable).with_name("muster")


class Installation:
    """A home of its own, and the command that works on it."""

    def __init__(self, home: Path) -> None:
        kept = {
            k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "MUSTER_SECRET_KEY"}
        }
        self.home = home
        self.told = ""
        self.environment = kept | {
            "MUSTER_HOME": str(home),
            "MUSTER_PG_FAST": "1",
            "COLUMNS": "160",
        }

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(MUSTER), *words],
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=400,
        )

    def json(self, *words: str) -> Any:
        answer = self.run(*words)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    from muster.shell import postgres

    home = tmp_path_factory.mktemp("demo")
    place = Installation(home)
    played = place.run("demo", "--no-serve", PEOPLE=PEOPLE)
    assert played.returncode == 0, played.stderr
    place.told = played.stdout
    yield place
    postgres.remove(home)


@pytest.fixture(scope="session")
def server(installation: Installation) -> Iterator[str]:
    """The pages over the demonstration; requests wait in the socket until it answers."""
    with socket.create_server(("localhost", 0)) as listener:
        port, descriptor = listener.getsockname()[1], listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", "muster.config.server", f"fd://{descriptor}"],
            env=installation.environment | {"MUSTER_STATIC": "manifest"},
            pass_fds=[descriptor],
            stderr=subprocess.DEVNULL,
        )
        yield f"http://localhost:{port}"
        process.terminate()
        process.wait(timeout=30)
