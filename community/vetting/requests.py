"""Join requests of a platform: the door that people come to without knowing the bot."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from community.form import FormField
from community.scene import Scene
from community.vetting import checking, drafts, filling, finding, phrasing, reading, submitting
from community.vetting.asides import aside
from community.vetting.hooks import HOOKS
from community.vetting.notifications import tell_applicant
from community.vetting.outcomes import Outcome
from storage.queries.people import arrivals
from storage.queries.vetting import applications
from storage.tables import Application, Member


class JoinRequest(BaseModel):
    """Somebody asks a platform to be let in, or to be the bot's friend."""

    model_config = ConfigDict(frozen=True)

    account: str  # onebot:10001
    name: str = ""
    source: Literal["qq_request", "friend_request"]
    group: str | None = None  # the group asked for; None: a friend request
    flag: str = ""  # by which the platform knows the request
    sub_type: str = ""  # add | invite
    comment: str = ""  # what was written, as it came


def submit(scene: Scene, *, request: JoinRequest) -> Application:
    """Store the request as an application and show it to the admins; gives the application.

    The same request again changes nothing, and one that is open already is answered by the
    newest flag. While the admins wait for an answer, the new comment is that answer. Somebody who
    may not apply gets a rejected application, and the hooks hear ``reject``; somebody who was
    approved before, through another door, is let in at once, and the hooks hear ``approve``.
    A friend request becomes a draft, and the applicant is asked in private for what is missing.
    """
    known = _known(scene, request)
    if known is not None:
        return known
    text = reading.without_prompt(request.comment)
    why = finding.barred(scene, request.account)
    current = None if why else finding.open_of(scene, request.account)
    if current is not None and current.state != "draft" and request.source == "qq_request":
        return _again(scene, current, request, text)
    approved = None if why else _approved(scene, request)
    if approved is not None:
        return approved
    return _new(scene, request, text, why)


def _known(scene: Scene, request: JoinRequest) -> Application | None:
    if not request.flag:
        return None
    return applications.by_flag(
        scene.session,
        community_id=scene.community_id,
        flag=request.flag,
        account=request.account,
    )


def _again(scene: Scene, application: Application, request: JoinRequest, text: str) -> Application:
    """Another request while one is open: the platform is answered by its newest flag."""
    repeated = request.comment == application.comment
    lacking = checking.missing(scene, application)
    _take(application, request)
    _read(scene, application, text)
    if application.state == "needs_info" and len(lacking) == 1 and text:
        _fill_gap(scene, application, lacking[0], text)
    if application.state == "needs_info":
        submitting.answer(scene, application, text)
    elif not repeated:
        submitting.show(scene, application, head="又申请了一次")
    return application


def _fill_gap(scene: Scene, application: Application, field: FormField, text: str) -> None:
    """The one thing that was asked for is the answer itself, where nothing better was read."""
    if aside(text, field) is None and checking.wrong(field, application.answers.get(field.key, "")):
        value = reading.answered(text, field, scene.analyser)[field.key]
        if not checking.wrong(field, value):
            application.answers = {**application.answers, field.key: value}


def _approved(scene: Scene, request: JoinRequest) -> Application | None:
    """Whoever was approved and still belongs to the community needs no second vetting."""
    sent = finding.of_person(scene, request.account)
    if request.source != "qq_request" or not sent or sent[0].state != "approved":
        return None
    member = scene.session.get(Member, (scene.community_id, sent[0].member_id or 0))
    if member is None or not member.active:
        return None
    if arrivals.was_removed(
        scene.session, community_id=scene.community_id, account=request.account
    ):
        return None  # a human has put him out by hand, so humans decide again
    _take(sent[0], request)
    for hook in HOOKS:
        hook(scene, Outcome("approve", sent[0], member=member, newcomer=False))
    return sent[0]


def _new(scene: Scene, request: JoinRequest, text: str, why: str | None) -> Application:
    who = drafts.Applicant(request.account, request.name, request.group)
    application = drafts.create(scene, who, source=request.source)
    _take(application, request)
    _read(scene, application, text)
    if why:
        submitting.refuse(scene, application, why)
    elif request.source == "qq_request":
        submitting.submit(scene, application)
    else:
        filling.fill(scene, application, text)
        tell_applicant(scene, application, phrasing.opening(scene, application))
    return application


def _take(application: Application, request: JoinRequest) -> None:
    """From now on the platform's request has to be answered as well, whatever came first."""
    application.flag, application.sub_type = request.flag, request.sub_type
    application.comment, application.group_address = request.comment, request.group


def _read(scene: Scene, application: Application, text: str) -> None:
    """Keep what can be understood; the admins see the words themselves as well."""
    rules = scene.settings.application
    found = reading.read(text, rules, scene.analyser)
    kept = {
        key: value
        for key, value in found.items()
        if (field := rules.field(key)) and not checking.wrong(field, value)
    }
    application.answers = {**application.answers, **kept}
    application.updated_at = scene.now
