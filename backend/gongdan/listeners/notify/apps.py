from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "gongdan.listeners.notify"
    label = "notify"
