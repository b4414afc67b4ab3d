from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongdan.kernel"
    label = "kernel"
