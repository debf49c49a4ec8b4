"""The embedded database survives what life does to it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from muster.kernel.errors import Refused
from muster.shell import postgres
from muster.shell.postgres import Server, binaries, cluster, examination
from muster.shell.postgres.account import Account

ENSURE = "import pathlib, sys; from muster.shell import postgres; print(postgres.ensure(pathlib.Path(sys.argv[1])).pid, flush=True)"
KILL_ITSELF = "; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as several users")


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PG_FAST", "1")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    postgres.remove(folder)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests that only talk to it."""
    folder = tmp_path_factory.mktemp("standing")
    yield postgres.ensure(folder)
    postgres.remove(folder)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def in_another_process(home: Path, code: str = ENSURE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False
    )


def codes(problems: list[postgres.Problem]) -> set[str]:
    return {problem.code for problem in problems}


# Where it may live and in what surroundings


@pytest.mark.parametrize(
    "name", ["Bộ chỉ huy quân sự", """it's "quoted" $HOME `id` \\ %s""", "long-" * 40]
)
def test_data_may_lie_under_any_name(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    server = postgres.ensure(home)
    assert ask(server.url, "select current_database()") == "muster"
    postgres.remove(home)
    assert not (home / "postgres").exists()


def test_programs_may_lie_under_a_name_that_a_shell_would_read(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.folder().parent.parent
    checkout = tmp_path / """Đại's "checkout" $HOME"""
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, checkout / part.name, symlinks=True)
    programs = checkout / binaries.folder().relative_to(package.parent)
    monkeypatch.setattr(binaries, "folder", lambda: programs)
    assert ask(postgres.ensure(home).url, "select 1") == 1
    assert postgres.stop(home)


def test_the_callers_surroundings_do_not_reach_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "LANG": "xx_XX.UTF-8",
        "LC_ALL": "vi_VN.TCVN5712-1",
        "PGDATA": "/nowhere",
        "PGPORT": "1",
        "PGOPTIONS": "-c nonsense=1",
        "LD_LIBRARY_PATH": "/nowhere",
        "TZ": "Mars/Olympus",
    }.items():
        monkeypatch.setenv(name, value)
    server = postgres.ensure(home)
    monkeypatch.delenv("PGOPTIONS")
    assert ask(server.url, "show timezone") == "UTC"
    assert ask(server.url, "show lc_messages") == "C"


def test_vietnamese_letters_fold(standing: Server) -> None:
    assert ask(standing.url, "select lower('ĐẮK LẮK')") == "đắk lắk"
    assert ask(standing.url, "show server_encoding") == "UTF8"


def test_it_listens_on_no_network_and_only_its_user_may_enter(standing: Server) -> None:
    assert ask(standing.url, "show listen_addresses") == ""
    assert Path(standing.host).stat().st_mode & 0o777 == 0o700
    assert len(f"{standing.host}/.s.PGSQL.{standing.port}.lock") < 100


def test_the_log_keeps_no_values(standing: Server) -> None:
    with psycopg.connect(standing.url) as connection, pytest.raises(psycopg.Error):
        connection.execute("select 'Nguyễn Văn A'::int")
    assert "Nguyễn" not in (standing.home / "postgres" / "server.log").read_text()


def test_a_home_that_cannot_hold_it_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Refused, match="set MUSTER_HOME to a folder that you may write to"):
        postgres.ensure(tmp_path / "file")


# Who starts, shares and stops it


def test_a_second_call_finds_the_first_server(standing: Server) -> None:
    assert postgres.ensure(standing.home) == standing


def test_two_processes_that_start_together_share_one_server(home: Path) -> None:
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(in_another_process, [home] * 3))
    assert len({answer.stdout for answer in answers}) == 1, answers
    assert answers[0].stdout.strip() == str(postgres.ensure(home).pid)


def test_two_homes_have_two_servers(home: Path, standing: Server) -> None:
    assert postgres.ensure(home).pid != standing.pid
    postgres.stop(home)
    assert postgres.status(standing.home) == standing


def test_it_outlives_a_killed_starter_and_can_still_be_stopped(home: Path) -> None:
    starter = in_another_process(home, ENSURE + KILL_ITSELF)
    assert starter.returncode == -signal.SIGKILL
    server = postgres.ensure(home)
    assert str(server.pid) == starter.stdout.strip()
    assert postgres.stop(home)
    assert postgres.status(home) is None
    assert not Path(server.host).exists()


def test_a_start_that_was_killed_half_way_is_begun_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cluster, "_initdb", killed)
        with pytest.raises(KeyboardInterrupt):
            postgres.ensure(home)
    left = next((home / "postgres").glob("fresh-*"))
    (left / "half-written").write_text("")
    assert ask(postgres.ensure(home).url, "select 1") == 1
    assert not left.exists()


def test_stopping_what_does_not_run_is_no_error(home: Path) -> None:
    assert not postgres.stop(home)
    assert postgres.status(home) is None
    assert not home.exists()


# What may break


def test_a_dead_server_is_started_again_with_its_data(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUSTER_PG_FAST")
    first = postgres.ensure(home)
    ask(first.url, "create table kept (word text)")
    os.kill(first.pid, signal.SIGKILL)
    second = postgres.ensure(home)
    assert second.pid != first.pid
    assert ask(second.url, "select count(*) from kept") == 0
    assert not Path(first.host).exists()


def test_a_server_that_lost_its_socket_is_replaced(home: Path) -> None:
    first = postgres.ensure(home)
    shutil.rmtree(first.host)
    second = postgres.ensure(home)
    assert second.pid != first.pid
    assert ask(second.url, "select 1") == 1


def test_a_stale_pid_file_that_names_another_process_stops_nobody(home: Path) -> None:
    postgres.ensure(home)
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    stale = pid_file.read_text().splitlines()
    postgres.stop(home)
    pid_file.write_text("\n".join([str(os.getpid()), *stale[1:]]))
    assert not postgres.stop(home)
    assert ask(postgres.ensure(home).url, "select 1") == 1


def test_data_of_another_version_is_refused_and_kept(home: Path) -> None:
    postgres.ensure(home)
    postgres.stop(home)
    version = home / "postgres" / "data" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(Refused, match=r"written by PostgreSQL 17, but the programs are \d+"):
        postgres.ensure(home)
    assert version.exists()


def test_a_server_that_cannot_start_names_its_log(home: Path) -> None:
    server = postgres.ensure(home)
    postgres.stop(home)
    (home / "postgres" / "data" / "pg_hba.conf").write_text("nonsense\n")
    with pytest.raises(Refused, match=r"last words are in .*server\.log"):
        postgres.ensure(home)
    assert not Path(server.host).exists()


# Users of the machine


@as_root
def test_for_root_it_runs_as_an_ordinary_user_below_closed_folders(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = postgres.ensure(closed / "home")
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    assert ask(server.url, "select 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    postgres.remove(closed / "home")


@as_root
def test_below_open_folders_it_has_no_capability() -> None:
    account = Account(65534, 65534)
    assert not any("caps" in word for word in account.prefix(Path("/usr/bin/env")))


@as_root
def test_another_users_home_is_refused_and_its_own_works(
    standing: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 65533)
    with pytest.raises(Refused, match="set MUSTER_HOME to a folder of your own"):
        postgres.stop(standing.home)


# Roles


def test_the_owner_is_no_superuser_and_owns_the_database(standing: Server) -> None:
    assert ask(standing.url, "select current_user") == "muster_owner"
    assert ask(standing.url, "show is_superuser") == "off"
    owner = "select pg_get_userbyid(datdba) from pg_database where datname = 'muster'"
    assert ask(standing.url, owner) == "muster_owner"
    assert ask(standing.url, "select rolcreatedb from pg_roles where rolname = current_user")


@pytest.mark.parametrize("role", ["muster_app", "muster_wide"])
def test_the_owner_steps_into_a_role_but_never_inherits_it(standing: Server, role: str) -> None:
    assert ask(standing.url, f"set role {role}") is None
    assert ask(standing.url, f"select pg_has_role('muster_owner', '{role}', 'usage')") is False


def test_only_the_backup_role_reads_past_row_level_security(standing: Server) -> None:
    query = "select string_agg(rolname, ',') from pg_roles where rolbypassrls and not rolsuper"
    assert ask(standing.url, query) == "muster_backup"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(standing.url, "set role muster_backup")


def test_roles_of_an_older_program_are_brought_up(home: Path) -> None:
    server = postgres.ensure(home)
    ask(server.superuser_url, "drop role muster_backup")
    (home / "postgres" / "roles.sha256").write_text("of an older program")
    postgres.ensure(home)
    assert not postgres.doctor(server.url)


# The doctor


def test_the_doctor_finds_nothing_on_a_sound_database(standing: Server) -> None:
    assert postgres.doctor(standing.url) == []


def test_the_doctor_says_that_nobody_answers(tmp_path: Path) -> None:
    (problem,) = postgres.doctor(f"postgresql://x@/x?host={tmp_path}")
    assert problem.code == "unreachable"
    assert "\n" not in problem.sentence
    assert problem.sentence.endswith("mend DATABASE_URL.")


def test_the_doctor_warns_of_a_superuser(standing: Server) -> None:
    assert codes(postgres.doctor(standing.superuser_url)) == {"superuser"}


@pytest.fixture
def other_database(standing: Server) -> Iterator[Callable[[str], str]]:
    def make(options: str) -> str:
        ask(standing.superuser_url, f"create database other {options} template template0")
        return standing.address(database="other")

    yield make
    ask(standing.superuser_url, "drop database other with (force)")


def test_the_doctor_knows_a_database_that_cannot_fold_vietnamese(
    other_database: Callable[[str], str],
) -> None:
    url = other_database("locale_provider libc lc_collate 'C' lc_ctype 'C' owner muster_owner")
    assert codes(postgres.doctor(url)) == {"locale"}


def test_the_doctor_knows_an_encoding_without_vietnamese(
    other_database: Callable[[str], str],
) -> None:
    url = other_database(
        "encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C' owner muster_owner"
    )
    assert codes(postgres.doctor(url)) == {"encoding"}


def test_the_doctor_knows_who_may_not_make_tables(other_database: Callable[[str], str]) -> None:
    (problem,) = postgres.doctor(other_database(""))
    assert problem.code == "create"
    assert "psql -d other -f" in problem.sentence


def test_the_doctor_knows_an_old_server(standing: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "OLDEST", 99)
    assert codes(postgres.doctor(standing.url)) == {"version"}


def test_the_doctor_misses_roles_and_memberships(home: Path) -> None:
    server = postgres.ensure(home)
    ask(server.superuser_url, "drop role muster_backup")
    ask(server.superuser_url, "revoke muster_wide from muster_owner")
    assert codes(postgres.doctor(server.url)) == {"roles", "membership"}
