from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CustomersConfig(AppConfig):
    name = "gongdan.core.customers"
    label = "customers"

    def ready(self) -> None:
        from gongdan.core.customers.levels import ensure_levels

        post_migrate.connect(ensure_levels, sender=self)
