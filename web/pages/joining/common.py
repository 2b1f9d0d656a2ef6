"""What the pages of an application share: the browser's form, and the way between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

from starlette.responses import RedirectResponse, Response

from community.form import STANDARD, FormField
from community.scene import Scene
from community.vetting.online import forms
from storage.tables import JoinForm
from web import cookies
from web.access import Visit

COOKIE: Final = "laoyou_join"
HOUR: Final = timedelta(hours=1)
_FILLED_BY: Final[Mapping[str, str]] = {
    "name": "name",
    "company": "organization",
    "title": "organization-title",
    "city": "address-level2",
}
_PLAIN: Final = frozenset({"city", "industry"})  # nobody needs to be told what these mean
_SHORT = frozenset({"name", "company", "years", "title", "city", "industry", "voucher"})
_ONE_LINE = 100  # characters; who may write more gets a box
_R = TypeVar("_R", bound=Response)


@dataclass(frozen=True)
class Question:
    """A field of the form as the page shows it."""

    field: FormField
    value: str
    wrong: str

    @property
    def name(self) -> str:
        """Under which it is sent."""
        return name_of(self.field)

    @property
    def hint(self) -> str:
        """The question, where it says more than the label."""
        if self.field.key in STANDARD:
            own = self.field.label or self.field.question
            return "" if self.field.key in _PLAIN and not own else self.field.asked
        return self.field.question

    @property
    def rows(self) -> int:
        """Lines of the box; 0 for a single line."""
        return 3 if self.field.max >= _ONE_LINE and self.field.key not in _SHORT else 0

    @property
    def autocomplete(self) -> str:
        """What the browser may know already."""
        return _FILLED_BY.get(self.field.key, "off")


def base_of(visit: Visit) -> str:
    """The path of these pages."""
    return f"/join/{visit.settings.id}"


def name_of(field: FormField) -> str:
    """The name of a field in the page's own form; it clashes with nothing of ours."""
    return f"answer-{field.key}"


def questions(
    visit: Visit, form: JoinForm | None, wrong: Mapping[str, str], keys: Sequence[str]
) -> list[Question]:
    """Fields with what was typed and what is wrong with it."""
    answers = form.answers if form else {}
    return [
        Question(one, answers.get(one.key, ""), wrong.get(one.key, ""))
        for one in visit.settings.application.fields
        if one.key in keys
    ]


def form_of(visit: Visit, scene: Scene) -> JoinForm | None:
    """What this browser has written."""
    return forms.find(scene, token=token_of(visit))


def token_of(visit: Visit) -> str:
    """By what this browser's form is known; empty where it has none."""
    return visit.request.cookies.get(COOKIE, "")


def onward(visit: Visit, path: str, *, said: str = "") -> RedirectResponse:
    """To another of these pages."""
    return visit.go(path, said=said, base=base_of(visit))


def remember(visit: Visit, response: _R, token: str) -> _R:
    """The browser finds its form again, for thirty days from now."""
    cookies.put(
        response, COOKIE, token, path=base_of(visit), life=forms.LIFE, secure=visit.door.is_secure
    )
    return response
