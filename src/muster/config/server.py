"""Serving the pages: gunicorn, started from the command line."""

import os
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from muster.config import bootstrap


class Server(BaseApplication):  # type: ignore[misc]
    """A process more than there are cores, so that one page waits less behind another; three threads each."""

    def __init__(self, bind: str) -> None:
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": (os.cpu_count() or 1) + 1,
            "threads": 3,  # more of them only wait for each other
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in each worker."""
        from muster.config.wsgi import application

        return application


def serve(bind: str) -> None:
    """Serve until interrupted; static files are collected and hashed first."""
    bootstrap.prepare()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    Server(bind).run()


if __name__ == "__main__":
    serve(sys.argv[1])
