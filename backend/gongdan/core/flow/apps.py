from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "gongdan.core.flow"
    label = "flow"
