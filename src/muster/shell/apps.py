from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext


class ShellConfig(AppConfig):
    name = "muster.shell"

    def ready(self) -> None:
        from muster.kernel.errors import Refused
        from muster.shell.rls import grant_roles

        Refused.translate = staticmethod(gettext)
        post_migrate.connect(grant_roles, sender=self, dispatch_uid="muster.grant_roles")
