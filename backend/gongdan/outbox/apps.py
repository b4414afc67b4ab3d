from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "gongdan.outbox"
    label = "outbox"
