"""Signing in by a code that is mailed. Who is no member gets the same answers, and no letter."""

import re

from community.actions import Send, Text
from community.errors import UserError
from community.membership import standing
from community.notices import by_mail, send
from community.scene import Scene
from community.signing_in import codes
from storage.queries.people import people
from storage.tables import Member

_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@,;:<>()\[\]\"\\]{1,180}\.[a-z0-9-]{2,60}"
)


def account_of(text: str) -> str:
    """The account ``mail:…`` of what somebody typed as his address. Raises UserError."""
    address = text.strip().replace("＠", "@").lower()
    if not _ADDRESS.fullmatch(address) or len(address) > 120:
        raise UserError("邮箱地址写得不对，应该像 name@example.com。")
    return f"mail:{address}"


def send_code(scene: Scene, *, account: str, purpose: codes.Purpose, asker: codes.Asker) -> None:
    """Mail a code; where signing in is meant, to members only. Raises UserError."""
    code = codes.issue(scene, address=account, purpose=purpose, asker=asker)
    if purpose == "sign_in" and member_of(scene, account=account) is None:
        return
    name = scene.settings.name
    text = (
        f"你的验证码是 {code}，10 分钟内有效，只能用一次。\n"
        f"有人在「{name}」的网页上填了这个邮箱。不是你的话，不用管这封信，也不要把验证码告诉别人。"
    )
    letter = Send(
        account=account, segments=(Text(text=text),), subject=f"{name}：验证码 {code}", forget=True
    )
    send(scene, letter)


def member_of(scene: Scene, *, account: str) -> Member | None:
    """The member in good standing who holds the address.

    Who is out comes in as well where no chat reaches him: his data he finds on the pages alone.
    """
    session, here = scene.session, scene.community_id
    found = people.by_account(session, community_id=here, account=account)
    if found is None or not standing.is_out(scene, member=found):
        return found
    held = people.accounts(session, community_id=here, member_id=found.id)
    return found if all(by_mail(one.address) for one in held) else None
