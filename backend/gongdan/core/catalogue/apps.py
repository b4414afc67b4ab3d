from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongdan.core.catalogue"
    label = "catalogue"
