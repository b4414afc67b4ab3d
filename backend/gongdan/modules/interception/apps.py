from django.apps import AppConfig


class InterceptionConfig(AppConfig):
    name = "gongdan.modules.interception"
    label = "interception"
