"""Pages and papers find the files of others on this machine alone."""

import json
from pathlib import Path

import pytest

from muster.kernel.errors import Refused
from muster.shell import assets


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(assets, "FONTS", tmp_path / "fonts")
    return tmp_path


def test_every_pick_is_in_the_packages_of_the_lock_file(elsewhere: Path) -> None:
    modules = assets.CHECKOUT / "node_modules"
    assert assets.place(modules) == len(list(assets.picks(modules)))
    assert (elsewhere / "vendor" / "htmx.min.js").stat().st_size > 10_000
    assert {file.suffix for file in (elsewhere / "fonts").iterdir()} == {".ttf", ""}


def test_each_shipped_family_brings_its_licence(elsewhere: Path) -> None:
    assets.place(assets.CHECKOUT / "node_modules")
    assert len(list((elsewhere / "vendor").glob("*-LICENSE"))) == 2
    assert len(list((elsewhere / "fonts").glob("*-LICENSE"))) == 2


def test_what_was_picked_before_and_no_longer_is_goes(elsewhere: Path) -> None:
    old = elsewhere / "vendor" / "dropped.js"
    old.parent.mkdir()
    old.write_text("")
    assets.place(assets.CHECKOUT / "node_modules")
    assert not old.exists()


def test_a_script_loses_the_name_of_a_map_that_is_not_shipped(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text("run();\n//# sourceMappingURL=a.js.map\n")
    assets._copy(script, tmp_path / "b.js")
    assert (tmp_path / "b.js").read_text() == "run();\n\n"


def test_the_lock_file_names_no_host() -> None:
    lock = json.loads((assets.CHECKOUT / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_no_connection_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="check the connection"):
        assets.fetch(tmp_path)
