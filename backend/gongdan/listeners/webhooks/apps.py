from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "gongdan.listeners.webhooks"
    label = "webhooks"
