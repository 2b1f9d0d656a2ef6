"""A chat in the browser, for trying the bot: whoever opens it speaks as one of its samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from community.errors import UserError
from community.members.people import by_account, get_or_create_member
from community.pool import browsing
from community.pool.found_post import FoundPost
from community.pool.scope import Scope
from community.rights import role_of
from community.signing_in import devices
from community.vetting import finding
from web import cookies
from web.access import Shared, shared_of
from web.client_address import address_of, is_near
from web.errors import ForbiddenError, NotFoundError
from web.form_values import as_number
from web.play_examples import examples
from web.playground import Person, Playground, Room
from web.sent_form import checked_form, text_of
from web.user_agents import named

router = APIRouter(prefix="/play")
ROOMS: Final[tuple[tuple[Room, str], ...]] = (
    ("group", "群"),
    ("private", "私聊"),
    ("admins", "管理群"),
)
_MOST_POSTS = 8
_MOST_BUBBLES = 200
_MOST_WORDS = 120  # messages of one visitor in a minute
_FAR = (
    "试玩页只能在运行老友的这台电脑上打开。要让别的电脑也能打开，"
    "在 config.yaml 的 web 里写 playground: true；那样谁都能扮成里面的管理员。"
)


@dataclass(frozen=True)
class Seat:
    """One request to the playground: who the visitor is there, and in which chat."""

    request: Request
    shared: Shared
    stage: Playground
    person: Person
    room: Room
    form: FormData

    @property
    def since(self) -> int:
        """The last message that the page shows."""
        return as_number(self.text("since") or self.request.query_params.get("since", "")) or 0

    def text(self, name: str) -> str:
        """A field of the form."""
        return text_of(self.form, name)

    def first_room(self, person: Person) -> Room:
        """Where it goes on when the visitor becomes that person."""
        if self.stage.unseen(person, "admins"):
            return "admins"
        return "group" if self.stage.sits(person, "group") else "private"

    def link(self, person: Person, room: Room, **more: str) -> str:
        """The page of somebody in a chat."""
        return f"/play?{urlencode({'as': person.key, 'room': room, **more})}"


async def seated(request: Request) -> Seat:
    """The visitor's seat. Raises where there is no playground, or not for him."""
    shared = shared_of(request)
    stage = shared.door.playground
    form = FormData() if request.method in ("GET", "HEAD") else await checked_form(request)
    if stage is None:
        raise NotFoundError
    if not (stage.is_for_all or is_near(request)):
        raise ForbiddenError(_FAR)
    await stage.ready()
    given = {**request.query_params, **{key: form[key] for key in form}}
    person = next((one for one in stage.people if one.key == given.get("as")), stage.people[0])
    room = next((key for key, _ in ROOMS if key == given.get("room")), ROOMS[0][0])
    if room == "admins" and not stage.sits(person, room):
        room = "group"
    return Seat(request, shared, stage, person, room, form)


Seated = Annotated[Seat, Depends(seated)]


@router.get("")
async def look(seat: Seated) -> Response:
    """The chat as that person sees it."""
    return await _page(seat)


@router.get("/news")
async def news(seat: Seated) -> Response:
    """What has been said since; asked again and again by a page that is open."""
    if seat.since == seat.stage.newest:
        return Response(status_code=204)
    if seat.since > seat.stage.newest:  # the process was started anew
        return Response(headers={"HX-Refresh": "true"})
    return await _news(seat)


@router.post("/say")
async def say(seat: Seated) -> Response:
    """Say something as that person, to the group or to the bot alone."""
    partial = "hx-request" in seat.request.headers
    who = address_of(seat.request)
    seat.shared.limiter.spend(f"play:{who}", most=_MOST_WORDS, within=timedelta(minutes=1))
    try:
        await seat.stage.say(seat.person, seat.room, seat.text("text"), quote=seat.text("quote"))
    except UserError as error:
        if partial:
            return await _news(seat, wrong=error.text)
        return await _page(seat, wrong=error.text, typed=seat.text("text"), status=422)
    if partial:
        return await _news(seat)
    return RedirectResponse(seat.link(seat.person, seat.room), status_code=303)


@router.post("/enter")
async def enter(seat: Seated) -> Response:
    """Open the members' pages as that person."""
    try:
        token, onward = await run_in_threadpool(_signed_in, seat)
    except UserError as error:
        return await _page(seat, wrong=error.text, status=422)
    home = seat.stage.settings.id
    response = RedirectResponse(f"/c/{home}{onward}", status_code=303)
    secure = seat.shared.door.is_secure
    cookies.sign_in(response, token, community_id=home, secure=secure)
    return response


def _signed_in(seat: Seat) -> tuple[str, str]:
    """The token of a browser that is signed in from now on, and where it goes."""
    door, settings = seat.shared.door, seat.stage.settings
    with door.writing(settings) as scene:
        account = seat.stage.account(seat.person)
        found = by_account(scene, account=account)
        if found is None and seat.stage.sits(seat.person, "group"):
            found = get_or_create_member(scene, account=account, name=seat.person.name)
        if found is None or role_of(scene, found) == "outsider":
            raise UserError(f"{seat.person.name} 还不是成员。先申请，再换成老陈在管理群里通过。")
        return devices.start(scene, member=found, device=f"试玩 · {named(seat.request)}"), "/find"


async def _page(seat: Seat, *, wrong: str = "", typed: str = "", status: int = 200) -> Response:
    context = await _context(seat, since=0)
    html = seat.shared.renderer.page("play.html", **context, wrong=wrong, typed=typed)
    return _finished(seat, HTMLResponse(html, status_code=status))


async def _news(seat: Seat, *, wrong: str = "") -> Response:
    """The new messages, and what they change around the chat."""
    context = await _context(seat, since=seat.since)
    html = seat.shared.renderer.page("play_news.html", **context, wrong=wrong)
    return _finished(seat, HTMLResponse(html))


async def _context(seat: Seat, *, since: int) -> dict[str, Any]:
    newest = seat.stage.newest
    bubbles = seat.stage.history(seat.person, seat.room, since=since)[-_MOST_BUBBLES:]
    posts, waiting = await run_in_threadpool(_pool, seat)
    quote = seat.request.query_params.get("quote", "")
    quoted = next((one for one in bubbles if quote and one.id == quote), None)
    return {
        "seat": seat,
        "me": seat.person,
        "room": seat.room,
        "rooms": [(key, label) for key, label in ROOMS if key != "admins" or _leads(seat)],
        "people": seat.stage.people,
        "stage": seat.stage,
        "bubbles": bubbles,
        "newest": newest,
        "quoted": quoted,
        "posts": posts,
        "examples": examples(seat.person, seat.room, waiting, inside=_inside(seat)),
        "community": seat.stage.settings,
        "home": f"/c/{seat.stage.settings.id}",
        "zone": seat.stage.settings.zone,
        "csrf": cookies.csrf_of(cookies.visitor_of(seat.request)),
        "asked": seat.request.method == "POST",
    }


def _pool(seat: Seat) -> tuple[Sequence[FoundPost], list[int]]:
    """The newest posts, and the numbers of applications that wait."""
    with seat.shared.door.reading(seat.stage.settings) as scene:
        posts = browsing.newest(scene, scope=Scope(), size=_MOST_POSTS).posts
        return posts, [one.id for one in finding.waiting(scene)]


def _leads(seat: Seat) -> bool:
    return seat.stage.sits(seat.person, "admins")


def _inside(seat: Seat) -> bool:
    return seat.stage.sits(seat.person, "group")


def _finished(seat: Seat, response: Response) -> Response:
    cookies.remember_visitor(seat.request, response, secure=seat.shared.door.is_secure)
    return response
