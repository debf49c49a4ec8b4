from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "muster.foundation.evidence"
