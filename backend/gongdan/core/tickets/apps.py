from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "gongdan.core.tickets"
    label = "tickets"

    def ready(self) -> None:
        """Say where tickets keep the ends of their chains."""
        from gongdan.core.tickets import trail  # noqa: F401
