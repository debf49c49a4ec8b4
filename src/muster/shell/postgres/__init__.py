"""The embedded database: PostgreSQL from a wheel, under a small supervisor.

It lives in `<home>/postgres`, one server per home, and stays up between
commands until `stop`. Whoever may enter its socket's folder (the user who
started it) may work on it; it listens on no network.
"""

from muster.shell.postgres.examination import Problem, doctor
from muster.shell.postgres.supervisor import Server, ensure, remove, status, stop

__all__ = ["Problem", "Server", "doctor", "ensure", "remove", "status", "stop"]
