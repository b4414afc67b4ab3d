from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "gongdan.core.interactions"
    label = "interactions"
