from django.apps import AppConfig


class SkeletonConfig(AppConfig):
    name = "muster.domains.skeleton"
