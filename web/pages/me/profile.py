"""One's own card."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.arrivals import cards
from community.members import profiles
from community.members.profiles import FIELDS
from storage.tables import Member
from web.access import Visit, may
from web.pages.me.tabs import tabs
from web.unchanged_fields import untouched

router = APIRouter(prefix="/c/{community}/me/profile")
ROWS: Mapping[str, int] = {"gives": 3, "seeks": 3, "bio": 5}


@router.get("")
def show(visit: Annotated[Visit, may("profile")]) -> Response:
    """The form, filled with what is known."""
    with visit.reading() as scene:
        return _form(visit, _values(visit.me(scene)), {})


@router.post("")
def update(visit: Annotated[Visit, may("profile")]) -> Response:
    """Store all that was changed, or nothing of it; the chat may change the card as well."""
    visit.at_most(20, "profile")
    values = {name: visit.text(name) for name in FIELDS if name in visit.form}
    left_alone = untouched(visit, values)
    typed = {name: text for name, text in values.items() if name not in left_alone}
    wrong = {
        name: "；".join(found)
        for name, text in typed.items()
        if (found := profiles.problems({name: text}))
    }
    if wrong:
        return _form(visit, values, wrong, status=422)
    with visit.writing() as scene:
        me = visit.me(scene)
        changed = profiles.update(scene, member=me, values=typed)
        if changed:
            cards.on_profile_changed(scene, me)
    labels = "、".join(FIELDS[name].label for name in changed)
    return visit.go("/me/profile", said=f"已更新：{labels}。" if changed else "名片没有变化。")


def _form(
    visit: Visit, values: Mapping[str, str], wrong: Mapping[str, str], *, status: int = 200
) -> Response:
    return visit.page(
        "me/profile.html",
        tabs=tabs(visit),
        fields=FIELDS,
        rows=ROWS,
        values={name: values.get(name, "") for name in FIELDS},
        wrong=wrong,
        status=status,
    )


def _values(member: Member) -> dict[str, str]:
    found = {name: getattr(member, name) for name in FIELDS}
    return {
        name: value if isinstance(value, str) else "、".join(value) for name, value in found.items()
    }
