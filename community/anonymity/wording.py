"""What of an author's words may be published: nothing by which he would be recognised."""

from community.anonymity.cleaning import COMPANY, HIDDEN, Cleaned, clean
from community.anonymity.employers import companies, on_card
from community.anonymity.hiding import declared_by
from community.errors import UserError
from community.members.nicknames import parts_of
from community.posts import texts
from community.scene import Scene
from matching import fingerprint
from storage.queries.people import members, people, personal
from storage.tables import Member


def cleaned(scene: Scene, *, person: Member, kind: str, text: str) -> Cleaned:
    """The text as it will be read. Raises UserError where too little of it is left."""
    texts.check(text, kind=kind, command=f"#匿名 {texts.TAGS[kind].removeprefix('#')}")
    found = clean(text, companies=_companies(scene, person), names=_names(scene, person))
    bare = found.text
    for mark in (COMPANY, HIDDEN):
        bare = bare.replace(mark, "")
    if not fingerprint(bare):
        raise UserError("去掉会认出你的内容，就什么都不剩了，没有保存：换个说法再发。")
    return found


def _companies(scene: Scene, person: Member) -> list[str]:
    """His own, and all that members have declared."""
    found = declared_by(scene, person)
    pattern = scene.settings.nickname
    for _, company, nickname in members.cards(scene.session, community_id=scene.community_id):
        found += companies([company, *on_card(nickname, pattern=pattern)])
    return list(dict.fromkeys(found))


def _names(scene: Scene, person: Member) -> set[str]:
    session, here = scene.session, scene.community_id
    held = people.accounts(session, community_id=here, member_id=person.id)
    addresses = [one.address for one in held]
    names = {person.name, person.group_nickname, *(one.name for one in held)}
    names |= {one.partition(":")[2] for one in addresses}
    for seat in personal.seats(session, member=person, accounts=addresses):
        names |= {seat.name, seat.card}
    return {name for name in names | {parts_of(one)[0] for one in names} if name}
