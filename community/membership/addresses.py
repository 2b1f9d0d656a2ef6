"""Mail addresses of a member: added once he has proved that they are his, and removed."""

from community.errors import UserError
from community.membership import erased_accounts
from community.membership.history import note
from community.notices import by_mail, tell
from community.scene import Scene
from community.signing_in import codes, mail
from storage.queries.people import people
from storage.tables import Account, Member

MOST = 5
_MAIL = "mail:"


def of(scene: Scene, *, member: Member) -> list[str]:
    """The addresses, without what marks them as accounts."""
    return [
        one.address.removeprefix(_MAIL) for one in _accounts(scene, member) if by_mail(one.address)
    ]


def ask(scene: Scene, *, member: Member, typed: str, asker: codes.Asker) -> str:
    """Mail a code to the address; gives the account. Raises UserError."""
    account = mail.account_of(typed)
    held = of(scene, member=member)
    if account.removeprefix(_MAIL) in held:
        raise UserError("这个邮箱已经加过了。")
    if len(held) >= MOST:
        raise UserError(f"最多加 {MOST} 个邮箱，先去掉一个。")
    mail.send_code(scene, account=account, purpose="add", asker=asker)
    return account


def add(
    scene: Scene, *, member: Member, account: str, asker: codes.Asker, code: str
) -> codes.Answer:
    """The address is the member's, if the code is right; wrong tries are counted, so keep them.

    Whose it is otherwise is told only to who has proved that he reads its letters.
    """
    answer = codes.check(scene, address=account, purpose="add", asker=asker, code=code)
    if answer != "right":
        return answer
    session, here = scene.session, scene.community_id
    holder = people.by_account(session, community_id=here, account=account)
    if holder is not None and holder.id != member.id:
        raise UserError(
            "这个邮箱已经登记在另一个账号下了。那也是你的话，私聊机器人发 #绑定，把两边合成一个人。"
        )
    if holder is None:
        erased_accounts.allow_again(scene, account=account)
        tell(scene, member=member, text=_warning(account))
        session.add(Account(community_id=here, address=account, member_id=member.id))
        session.flush()
        note(scene, member_id=member.id, verb="mail_add", actor=member)
    return answer


def remove(scene: Scene, *, member: Member, address: str) -> bool:
    """The address is no longer the member's; False: it was not. Raises UserError for the last."""
    held = _accounts(scene, member)
    found = next((one for one in held if one.address == f"{_MAIL}{address}"), None)
    if found is None:
        return False
    if len(held) == 1:
        raise UserError("这是唯一能找到你的账号，去掉就再也登录不了。先加一个别的，再去掉它。")
    scene.session.delete(found)
    scene.session.flush()
    note(scene, member_id=member.id, verb="mail_remove", actor=member)
    return True


def _accounts(scene: Scene, member: Member) -> list[Account]:
    return people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)


def _warning(account: str) -> str:
    address = account.removeprefix(_MAIL)
    return f"你在网页上加了邮箱 {address}，以后可以用它登录。不是你做的？马上联系管理员。"
