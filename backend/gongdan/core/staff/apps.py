from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "gongdan.core.staff"
    label = "staff"
