from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "gongdan.core.calendar"
    label = "calendar"
