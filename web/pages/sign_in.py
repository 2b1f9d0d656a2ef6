"""Signing in, by a code that is mailed or by the link that #登录 gives in the chat."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.signing_in import codes, devices, links, mail
from storage.tables import Member
from web import cookies
from web.access import Visit, anybody
from web.mailed_codes import asker_of, refusal
from web.user_agents import named

router = APIRouter(prefix="/c/{community}")
_HOUR = timedelta(hours=1)


@router.get("/sign-in")
def ask(visit: Annotated[Visit, anybody()], next: str = "") -> Response:
    """The form for the address."""
    if visit.may("find"):  # who quit may come back as somebody else
        return visit.go(_inside(visit, next))
    return visit.page("sign_in.html", next=next, mail="", wrong="")


@router.post("/sign-in")
def send_code(visit: Annotated[Visit, anybody()]) -> Response:
    """Mail a code. The answer is the same whether or not the address is a member's."""
    visit.at_most(10, "sign-in", within=_HOUR)
    typed, onward = visit.text("mail"), visit.text("next")
    try:
        account = mail.account_of(typed)
        with visit.writing() as scene:
            mail.send_code(scene, account=account, purpose="sign_in", asker=asker_of(visit))
    except UserError as error:
        return visit.page("sign_in.html", next=onward, mail=typed, wrong=error.text, status=422)
    return visit.page("sign_in_code.html", next=onward, mail=typed, wrong="")


@router.post("/sign-in/code")
def take_code(visit: Annotated[Visit, anybody()]) -> Response:
    """Sign in with the code."""
    visit.at_most(30, "sign-in-code", within=_HOUR)
    typed, onward = visit.text("mail"), visit.text("next")
    account, token = mail.account_of(typed), ""
    with visit.writing() as scene:  # a wrong try is kept, so nothing is raised in here
        answer = codes.check(
            scene,
            address=account,
            purpose="sign_in",
            asker=asker_of(visit),
            code=visit.text("code"),
        )
        member = mail.member_of(scene, account=account) if answer == "right" else None
        if member is not None:
            token = devices.start(scene, member=member, device=named(visit.request))
    if token:
        return _entered(visit, token, onward)
    return visit.page(
        "sign_in_code.html", next=onward, mail=typed, wrong=refusal(answer), status=422
    )


@router.get("/enter/{token}")
def look_at_link(visit: Annotated[Visit, anybody()], token: str) -> Response:
    """A button first: chat programs fetch links by themselves, and this one works only once."""
    return visit.page("enter.html", token=token)


@router.post("/enter/{token}")
def take_link(visit: Annotated[Visit, anybody()], token: str) -> Response:
    """Sign in with the link from the chat."""
    visit.at_most(20, "enter", within=_HOUR)
    browser = ""
    with visit.writing() as scene:
        member_id = links.use(scene, token=token)
        if member_id is not None:
            member = scene.session.get_one(Member, (scene.community_id, member_id))
            browser = devices.start(scene, member=member, device=named(visit.request))
    if not browser:
        return visit.page("enter.html", token="", status=410)
    return _entered(visit, browser, "")


@router.post("/sign-out")
def leave(visit: Annotated[Visit, anybody()]) -> Response:
    """This browser knows nobody any more."""
    with visit.writing() as scene:
        member = visit.member and scene.session.get(Member, (scene.community_id, visit.member.id))
        if member is not None:
            devices.end(scene, member=member, digest=visit.browser)
    response = visit.go("/sign-in", said="已退出登录。")
    cookies.sign_out(response, community_id=visit.settings.id)
    return response


def _entered(visit: Visit, token: str, onward: str) -> Response:
    response = visit.go(_inside(visit, onward))
    cookies.sign_in(response, token, community_id=visit.settings.id, secure=visit.door.is_secure)
    return response


def _inside(visit: Visit, onward: str) -> str:
    """Where he was going, as long as that is a page of this very community."""
    inside = onward.startswith(f"{visit.home}/") and "\\" not in onward
    return onward.removeprefix(visit.home) if inside else "/find"
