"""The doors of a platform: a group that is asked for, and the bot's own list of contacts."""

from community.actions import AnswerRequest, Send, Text
from community.arrivals.onboarding import receives_newcomers
from community.notices import enqueue
from community.scene import Scene
from community.updates import BotInvited, FriendRequested, JoinRequested
from community.vetting import finding
from community.vetting.requests import JoinRequest, submit
from storage.queries.people import people


def on_join_requested(scene: Scene, update: JoinRequested) -> None:
    """Somebody asks to join a group: an application like any other."""
    if not receives_newcomers(scene, update.group):
        return
    request = JoinRequest(
        account=update.account,
        name=update.name,
        source="qq_request",
        group=update.group,
        flag=update.flag,
        sub_type="add",
        comment=update.comment,
    )
    submit(scene, request=request)


def on_friend_requested(scene: Scene, update: FriendRequested) -> None:
    """Whoever may apply becomes a contact; whoever is no member yet is asked in private."""
    known = people.by_account(
        scene.session, community_id=scene.community_id, account=update.account
    )
    is_member = known is not None and known.active
    welcome = is_member or finding.barred(scene, update.account) is None
    _answer(scene, update, approve=welcome)
    if is_member or not welcome:
        return
    request = JoinRequest(
        account=update.account,
        name=update.name,
        source="friend_request",
        flag=update.flag,
        comment=update.comment,
    )
    submit(scene, request=request)


def on_bot_invited(scene: Scene, update: BotInvited) -> None:
    """The configuration names the group: whoever wrote it wants the bot there."""
    _answer(scene, update, approve=True)


def _answer(scene: Scene, update: FriendRequested | BotInvited, *, approve: bool) -> None:
    friend = isinstance(update, FriendRequested)
    text = "我没能接受进群邀请，请在 QQ 里手动同意。"
    admin = next(iter(sorted(scene.settings.admins)), None)
    help_ = None if friend or admin is None else Send(account=admin, segments=(Text(text=text),))
    answer = AnswerRequest(
        kind="friend" if friend else "invite",
        group=update.group,
        account=update.account,
        flag=update.flag,
        approve=approve,
        otherwise=help_,
    )
    enqueue(scene, answer)
