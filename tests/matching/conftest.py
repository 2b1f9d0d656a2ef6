"""The analyser takes a second to load: one for all tests here."""

import pytest

from matching import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser()
