"""Mail addresses, and which letters come to them."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.mailing import preferences
from community.mailing.wording import ALERTS, DIGEST, RHYTHMS
from community.membership import addresses
from community.signing_in.mail import account_of
from web.access import Visit, may
from web.mailed_codes import asker_of, refusal
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me/mail")
_HOUR = timedelta(hours=1)


@router.get("")
def show(visit: Annotated[Visit, may("bind")]) -> Response:
    """The addresses and the letters."""
    return _page(visit)


@router.post("")
def choose(visit: Annotated[Visit, may("bind")]) -> Response:
    """Other letters."""
    alerts, digest = visit.text("alerts"), visit.text("digest")
    try:
        with visit.writing() as scene:
            preferences.choose(scene, member=visit.me(scene), alerts=alerts, digest=digest)
    except UserError as error:
        return _page(visit, refused=error.why, status=422)
    return visit.go("/me/mail", said="记下了。")


@router.post("/add")
def ask(visit: Annotated[Visit, may("bind")]) -> Response:
    """Mail a code to a new address."""
    visit.at_most(10, "mail", within=_HOUR)
    typed = visit.text("mail")
    try:
        with visit.writing() as scene:
            addresses.ask(scene, member=visit.me(scene), typed=typed, asker=asker_of(visit))
    except UserError as error:
        return _page(visit, typed=typed, wrong=error.why, status=422)
    return visit.page("me/mail_code.html", tabs=tabs(visit), mail=typed.strip(), wrong="")


@router.post("/code")
def add(visit: Annotated[Visit, may("bind")]) -> Response:
    """The code from that address."""
    visit.at_most(30, "mail-code", within=_HOUR)
    typed = visit.text("mail")
    account, taken = account_of(typed), ""
    with visit.writing() as scene:  # a wrong try is kept, so nothing is raised in here
        me = visit.me(scene)
        try:
            answer = addresses.add(
                scene, member=me, account=account, asker=asker_of(visit), code=visit.text("code")
            )
        except UserError as error:
            answer, taken = "right", error.why
    if taken:
        return _page(visit, wrong=taken, typed=typed, status=422)
    if answer == "right":
        return visit.go("/me/mail", said=f"{typed.strip()} 加好了，以后也可以用它登录。")
    return visit.page(
        "me/mail_code.html",
        tabs=tabs(visit),
        mail=typed.strip(),
        wrong=refusal(answer),
        status=422,
    )


@router.post("/remove")
def remove(visit: Annotated[Visit, may("bind")]) -> Response:
    """An address less."""
    address = visit.text("mail")
    try:
        with visit.writing() as scene:
            gone = addresses.remove(scene, member=visit.me(scene), address=address)
    except UserError as error:
        return _page(visit, refused=error.why, status=422)
    return visit.go("/me/mail", said=f"{address} 去掉了。" if gone else "没有这个邮箱。")


def _page(
    visit: Visit, *, typed: str = "", wrong: str = "", refused: str = "", status: int = 200
) -> Response:
    with visit.reading() as scene:
        me = visit.me(scene)
        wanted = preferences.of(scene, member=me)
        return visit.page(
            "me/mail.html",
            tabs=tabs(visit),
            addresses=addresses.of(scene, member=me),
            alerts=wanted.alerts,
            digest=wanted.digest,
            alerts_label=ALERTS,
            digest_label=DIGEST,
            alert_times=RHYTHMS.items(),
            digest_times=[one for one in RHYTHMS.items() if one[0] in preferences.DIGESTS],
            typed=typed,
            wrong=wrong,
            refused=refused,
            status=status,
        )
