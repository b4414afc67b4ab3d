from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InteractionsConfig(AppConfig):
    name = "gongdan.core.interactions"
    label = "interactions"

    def ready(self) -> None:
        from gongdan.core.interactions import trail  # noqa: F401  says where calls keep the ends of their chains
        from gongdan.core.interactions.actions.break_reasons import ensure_break_reasons

        post_migrate.connect(ensure_break_reasons, sender=self)
