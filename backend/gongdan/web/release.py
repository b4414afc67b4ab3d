"""The product's version, as installed."""

from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("gongdan")
    except PackageNotFoundError:  # run from a source tree that was not installed
        return "0"


VERSION = _version()
