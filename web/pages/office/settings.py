"""What a community sets for itself without anybody touching config.yaml."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.office import editing_settings
from web.access import Visit, may
from web.pages.office.frame import office
from web.unchanged_fields import untouched

router = APIRouter(prefix="/c/{community}/office/settings")


@router.get("")
def look(visit: Annotated[Visit, may("office.settings")]) -> Response:
    """What holds now, and where it comes from."""
    return _shown(visit)


@router.post("")
def save(visit: Annotated[Visit, may("office.settings")]) -> Response:
    """Take over what was typed. It holds at once, in every process."""
    typed = {one.key: visit.text(one.key) for one in editing_settings.ALL}
    back = {one.key for one in editing_settings.ALL if visit.text(f"back_{one.key}")}
    wrong = editing_settings.wrong({key: value for key, value in typed.items() if key not in back})
    wrong = {key: why for key, why in wrong.items() if key not in back}
    if wrong:
        return _shown(visit, typed=typed, wrong=wrong, status=422)
    left = untouched(visit, typed)
    with visit.writing() as scene:
        changed = editing_settings.choose(
            scene, actor=visit.me(scene), configured=visit.settings, typed=typed, back=back,
            left=left,
        )  # fmt: skip
    names = "、".join(editing_settings.label(key) for key in changed)
    return visit.go("/office/settings", said=f"已保存：{names}。" if changed else "没有改动。")


def _shown(
    visit: Visit,
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    with visit.reading() as scene:
        groups = editing_settings.held(scene, configured=visit.settings)
        return office(
            visit, "settings.html", status=status, groups=groups, typed=typed, wrong=wrong or {},
            front=scene.settings.front,
        )  # fmt: skip
