"""Who is meant in a command: by account, by number, or by the whole name."""

import re

from community.errors import UserError
from community.members.nicknames import parts_of
from community.members.people import by_account, get_or_create_member
from community.scene import Scene
from matching import fold
from storage.queries.people import members, memberships
from storage.tables import Member

_NUMBER = re.compile(r"[Mm](\d{1,9})")
_MOST = 8


def colleague(scene: Scene, *, account: str, name: str) -> Member | None:
    """Whoever holds the account, unless nobody does; an admin may never have said a word."""
    if account in scene.settings.admins:
        return get_or_create_member(scene, account=account, name=name)
    return by_account(scene, account=account)


def by_word(scene: Scene, word: str) -> Member:
    """The member of that number (M12), account (onebot:10001) or whole name. Raises UserError.

    Those who left are found as well. A part of a name is not enough where somebody may be
    removed by mistake.
    """
    numbered = _NUMBER.fullmatch(word)
    found = _numbered(scene, int(numbered[1])) if numbered else by_account(scene, account=word)
    if found is not None:
        return found
    namesakes = _named(scene, word)
    if not namesakes:
        raise UserError(f"没找到叫「{word[:20]}」的成员：写全名，或在群里 @ ta，或引用 ta 的话。")
    if len(namesakes) > 1:
        raise UserError(_which(word, namesakes))
    return namesakes[0]


def _numbered(scene: Scene, number: int) -> Member | None:
    member = scene.session.get(Member, (scene.community_id, number))
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=number)
    return None if row is not None and row.state == memberships.NOBODY else member


def _named(scene: Scene, word: str) -> list[Member]:
    wanted = fold(word)
    return [
        member
        for member in members.everyone(scene.session, community_id=scene.community_id)
        if wanted in (fold(member.name), card := fold(member.group_nickname), *parts_of(card))
        and _numbered(scene, member.id) is not None
    ]


def _which(word: str, namesakes: list[Member]) -> str:
    lines = [
        " · ".join(part for part in (f"M{one.id} {one.shown}", one.company, one.title) if part)
        for one in namesakes[:_MOST]
    ]
    return "\n".join(
        [f"叫「{word[:20]}」的有 {len(namesakes)} 位，写编号，例如 M{namesakes[0].id}：", *lines]
    )
