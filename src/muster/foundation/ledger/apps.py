from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "muster.foundation.ledger"
