from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ShellConfig(AppConfig):
    name = "muster.shell"

    def ready(self) -> None:
        from muster.shell.rls import grant_roles

        post_migrate.connect(grant_roles, sender=self, dispatch_uid="muster.grant_roles")
