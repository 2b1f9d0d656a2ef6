"""How the community is doing, in numbers and pictures; and a picture for the group."""

from typing import Annotated

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from community.errors import UserError
from community.office import announcing, numbers
from web.access import Visit, may
from web.charts import drawing
from web.errors import NotFoundError
from web.pages.office.frame import office

router = APIRouter(prefix="/c/{community}/office")


@router.get("")
def look(visit: Annotated[Visit, may("pending")]) -> Response:
    """The numbers, for admins; whoever only reviews goes to what waits."""
    if not visit.may("office.numbers"):
        return visit.go("/office/queue")
    return _shown(visit)


@router.post("/charts/{name}/announce")
def tell_group(visit: Annotated[Visit, may("office.numbers")], name: str) -> Response:
    """Send the picture to a group, with the numbers in words."""
    visit.at_most(5, "announce")
    with visit.reading() as scene:
        found = numbers.numbers(scene)
        chart = found.chart(name)
        if chart is None:
            raise NotFoundError
        words = numbers.caption(scene, found, chart)
    image = _picture(chart)
    try:
        with visit.writing() as scene:
            announcing.announce(
                scene, actor=visit.me(scene), group=visit.text("group"), chart=name,
                caption=words, picture=image,
            )  # fmt: skip
    except UserError as error:
        return _shown(visit, wrong=error.text, status=422)
    return visit.go("/office", said="已发到群里。")


def _picture(chart: numbers.Chart) -> bytes:
    from web.charts.picture import picture  # noqa: PLC0415 – seldom needed, and some megabytes

    return picture(drawing.draw(chart))


def _shown(visit: Visit, *, wrong: str = "", status: int = 200) -> Response:
    with visit.reading() as scene:
        found = numbers.numbers(scene)
        groups = announcing.groups(scene)
    # The drawing escapes what stands in it.
    drawn = [(one, Markup(drawing.draw(one))) for one in found.charts]
    return office(
        visit, "dashboard.html", status=status, found=found, drawn=drawn, groups=groups,
        wrong=wrong, days=numbers.DAYS,
    )  # fmt: skip
