from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "muster.synthesis.indicators"
