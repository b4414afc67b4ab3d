from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "gongdan.core.sla"
    label = "sla"
