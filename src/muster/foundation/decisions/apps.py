from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "muster.foundation.decisions"
