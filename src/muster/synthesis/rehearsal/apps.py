from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    name = "muster.synthesis.rehearsal"
