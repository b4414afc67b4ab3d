from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "gongdan.core.customers"
    label = "customers"
