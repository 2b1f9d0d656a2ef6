"""What the tests of applying on a page share."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from community.scene import Scene
from community.vetting.online import forms, sending
from storage.tables import Application

MAIL = "zhang@example.com"
TYPED = {
    forms.MAIL: MAIL, "name": "张三", "company": "人人网", "years": "2016-2019",
    "title": "产品经理", "city": "北京", "consent": forms.YES,
}  # fmt: skip
Scenes = Callable[..., AbstractContextManager[Scene]]


def written(scene: Scene, **typed: str) -> forms.Held:
    """A form that is filled in."""
    held = unproven(scene, **typed)
    forms.confirm(scene, held.form)
    return held


def unproven(scene: Scene, **typed: str) -> forms.Held:
    """Likewise, before a code has come back."""
    return forms.save(scene, token="", typed={**TYPED, **typed})


def sent(scene: Scene, **typed: str) -> Application:
    """An application from a page."""
    application = sending.submit(scene, written(scene, **typed).form)
    assert application is not None
    return application
