"""Database `muster` and the five roles, made on the embedded server."""

import hashlib
from pathlib import Path

import psycopg

DATABASE, OWNER, SUPERUSER = "muster", "muster_owner", "postgres"
ROLES_FILE = Path(__file__).with_name("roles.sql")


def digest() -> str:
    """Names this edition of the roles, so that an older server is brought up to it."""
    return hashlib.sha256(ROLES_FILE.read_bytes()).hexdigest()


def create(superuser_url: str, database_url: str) -> None:
    """Make what is missing; safe to repeat. Both addresses are the superuser's."""
    with _connect(superuser_url) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"create database {DATABASE}")
    with _connect(database_url) as connection:
        connection.execute(ROLES_FILE.read_bytes())


def _connect(url: str) -> psycopg.Connection:
    """A connection on which PGOPTIONS and the like of the caller have no say."""
    return psycopg.connect(url, autocommit=True, options="", client_encoding="utf8")
