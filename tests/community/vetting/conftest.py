"""Scenes for the tests of vetting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from community.form import ApplicationRules
from community.scene import Scene
from tests.community.conftest import NOW, SETTINGS, NewScene
from tests.community.vetting.online import Scenes


@pytest.fixture
def scene_of(scene_in: NewScene) -> Scenes:
    """Scenes whose community has rules of its own."""

    @contextmanager
    def scene(now: datetime = NOW, **rules: object) -> Iterator[Scene]:
        application = ApplicationRules.model_validate(rules)
        settings = SETTINGS.model_copy(
            update={"application": application, "public_url": "https://x.cn"}
        )
        with scene_in(now) as bare:
            yield Scene(bare.session, settings, bare.analyser, now, via="web")

    return scene
