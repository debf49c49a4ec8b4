"""Makes the house ready for a command: a database, a secret, Django."""

import os
import secrets
from pathlib import Path

import django

from muster.kernel.errors import Refused


def home() -> Path:
    """Where this installation keeps its state: `$MUSTER_HOME`, else `./.muster`."""
    return Path(os.environ.get("MUSTER_HOME") or Path.cwd() / ".muster").absolute()


def ensure_environment() -> None:
    """Fill what the environment leaves open: home, secret key, embedded database."""
    os.environ["MUSTER_HOME"] = str(home())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
    if "MUSTER_SECRET_KEY" not in os.environ:
        os.environ["MUSTER_SECRET_KEY"] = _kept_secret(home() / "secret-key")
    if "DATABASE_URL" not in os.environ:
        from muster.shell import postgres

        os.environ["DATABASE_URL"] = postgres.ensure(home()).url


def drop_embedded() -> None:
    """Remove the embedded database of this home; a named DATABASE_URL is left alone."""
    if "DATABASE_URL" in os.environ:
        raise Refused("DATABASE_URL names the database; drop it there, not from here.")
    from muster.shell import postgres

    postgres.remove(home())


def prepare() -> None:
    """Everything that a command needs before it may touch a model; it speaks `$MUSTER_LANG`."""
    ensure_environment()
    django.setup()
    from django.conf import settings
    from django.utils import translation

    translation.activate(os.environ.get("MUSTER_LANG") or settings.LANGUAGE_CODE)


def require_current_schema() -> None:
    """Refuse to work on a database that is unreachable or of an older program."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise unreachable(error) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("The database has an older schema; run `muster migrate` first.")


def require_current_schema_once_read() -> None:
    """Refuse an older schema at a command's first look into the database; who never looks needs none."""
    from django.db.backends.signals import connection_created

    def check(**_: object) -> None:
        connection_created.disconnect(check)
        require_current_schema()

    connection_created.connect(check, weak=False)


def unreachable(error: Exception) -> Refused:
    """What to tell of a database that cannot be connected to."""
    return Refused(
        "The database cannot be reached (%(reason)s); start it, or mend DATABASE_URL.",
        reason=str(error).strip().splitlines()[0],
    )


def _kept_secret(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return file.read_text()
