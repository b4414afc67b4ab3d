"""One running product for these tests, with a small company in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.robustness.installation import Installation


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`company["tokens"]` holds a token each of admin, agent, clerk, clerk_two, biller."""
    made = Installation(tmp_path_factory.mktemp("product"))
    try:
        made.start()
        made.company = made.run("tests.robustness.settle")
        yield made
    finally:
        made.stop()
