from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "gongdan.core.tickets"
    label = "tickets"
