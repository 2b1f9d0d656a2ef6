"""What the people in an introduction read, and how it stands as each of them may know it.

Every message begins with the number: whoever quotes it means that introduction.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from community.introductions import contacts, parties
from community.introductions.parties import Half, Side
from community.members import privacy
from community.members.card_text import card
from community.members.people import in_several
from community.notices import way_to
from community.scene import Scene
from community.wording import set_in
from storage.tables import Introduction, Member, Post

Outcome = Literal["succeeded", "failed", "ongoing"]
SETTLED: Mapping[Outcome, str] = MappingProxyType(
    {
        "succeeded": "太好了，记下了。",
        "failed": "记下了，没成也没关系，再找找看。",
        "ongoing": "好，过一阵再问你。",
    }
)
"""What whoever tells of the outcome reads."""
_OUTCOMES = {"": "", "succeeded": "，成了", "failed": "，没成", "ongoing": "，还在谈"}


def question(scene: Scene, row: Introduction, half: Half, *, own: str) -> str:
    """What one of the two is asked; ``own``: what would be given of him."""
    person = parties.reader(scene, parties.named(scene, row, half))
    words = set_in(contacts.kept_back(row.words))
    lines = [f"I{row.id}：{opening(scene, row, half)}：", f"｜{words}"]
    known = card_of_other(scene, row, half)
    lines += ["ta 的名片：", known] if known else []
    return "\n".join([*lines, _how(scene, row, person, own)])


def opening(scene: Scene, row: Introduction, half: Half) -> str:
    """Who wants what of that one."""
    other = parties.named(scene, row, parties.other(half)).shown
    if row.introducer_id is None:
        return f"{other} 想认识你{about(scene, row)}"
    return f"{parties.named(scene, row, 'introducer').shown} 想介绍你和 {other} 认识"


def card_of_other(scene: Scene, row: Introduction, half: Half) -> str:
    """The other one's card, if he shows one with more on it than his name; his contact is not on
    it yet.
    """
    viewer = parties.reader(scene, parties.named(scene, row, half))
    other = parties.named(scene, row, parties.other(half))
    seen = replace(privacy.seen(scene, member=other, viewer=viewer), contact="")
    text = card(seen)
    return text if seen.has_card and "\n" in text else ""


def promise(scene: Scene, row: Introduction, *, given: str) -> str:
    """What whoever asks reads of what the other one will get."""
    asker, asked = (parties.named(scene, row, half) for half in parties.HALVES)
    return (
        f"I{row.id}：{asked.shown} 愿意的话，会拿到你的联系方式：{given}。给出去就收不回来；"
        f"改主意了，在 ta 回答之前发 {command(scene, row, '婉拒', asker)}。"
    )


def about(scene: Scene, row: Introduction) -> str:
    """（#12「代理记账」）, where a post has brought it about."""
    post = post_of(scene, row)
    return "" if post is None else f"（#{post.id}「{post.title}」）"


def post_of(scene: Scene, row: Introduction) -> Post | None:
    """The post that has brought it about."""
    if row.post_id is None:
        return None
    return scene.session.get(Post, (scene.community_id, row.post_id))


def command(scene: Scene, row: Introduction, word: str, person: Member) -> str:
    """#愿意 I3, with the community's name for whoever is in several."""
    way = way_to(scene, member=person)
    several = way is not None and in_several(scene, accounts=[way])
    club = f"{scene.settings.name} " if several else ""
    return f"#{word} {club}I{row.id}"


def met(scene: Scene, row: Introduction, half: Half, *, contact: str) -> str:
    """What one of the two reads once both have agreed: how to reach the other."""
    other = parties.named(scene, row, parties.other(half))
    return (
        f"I{row.id}：你和 {other.shown} 牵上线了{about(scene, row)}。ta 的联系方式：\n"
        f"｜{set_in(contact)}\n"
        f"主动打个招呼，说一声是「{scene.settings.name}」介绍的。过几天我来问问谈得怎样。"
    )


def introduced(scene: Scene, row: Introduction) -> str:
    """What the introducer reads then."""
    return f"I{row.id}：你引荐的 {_both(scene, row)} 牵上线了，联系方式都给到了，谢谢你。"


def chase(scene: Scene, row: Introduction, side: Side) -> str:
    """Asks what came of it."""
    person = parties.reader(scene, parties.named(scene, row, side))
    who = f"你引荐的 {_both(scene, row)}"
    if side != "introducer":
        who = f"你和 {parties.named(scene, row, parties.other(side)).shown}"
    return (
        f"I{row.id}：{who}{about(scene, row) or ' '}谈得怎样？引用这条回一个词：成了、没成、还在谈"
        f"（或发 {command(scene, row, '结果', person)} 成了）。"
    )


def standing(row: Introduction, side: Side) -> str:
    """How it stands, as that one may know it: who declined is known to nobody but himself."""
    if row.state == "agreed":
        return f"牵上线了{_OUTCOMES[row.outcome]}"
    said = {"asker": row.asker_said, "asked": row.asked_said, "introducer": "yes"}[side]
    if said == "no":
        return "你取消了" if side == "asker" and row.introducer_id is None else "你婉拒了"
    if row.due_at is None:
        return "没有下文"
    return "等你回答" if not said else "等他们回复" if side == "introducer" else "等对方回复"


def line(scene: Scene, row: Introduction, side: Side) -> str:
    """The introduction in a list of somebody's own: I3 想认识 李四（#12「…」）"""
    if side == "introducer":
        return f"I{row.id} 引荐 {_both(scene, row)}"
    other = parties.named(scene, row, parties.other(side)).shown
    if row.introducer_id is not None:
        return f"I{row.id} {parties.named(scene, row, 'introducer').shown} 介绍你和 {other} 认识"
    who = f"想认识 {other}" if side == "asker" else f"{other} 想认识你"
    return f"I{row.id} {who}{about(scene, row)}"


def _both(scene: Scene, row: Introduction) -> str:
    return " 和 ".join(parties.named(scene, row, half).shown for half in parties.HALVES)


def _how(scene: Scene, row: Introduction, person: Member, own: str) -> str:
    yes, no = (command(scene, row, word, person) for word in ("愿意", "婉拒"))
    if own:
        willing = (
            f"愿意就引用这条回 愿意（或发 {yes}），ta 会拿到你的联系方式：{own}。"
            "想给别的，写在后面：愿意 微信 abc123。"
        )
    else:
        willing = f"愿意就引用这条回 愿意，把联系方式写在后面（或发 {yes} 微信 abc123）。"
    return (
        f"{willing}给出去就收不回来。\n"
        f"不愿意就回 婉拒（或发 {no}），没有人会知道。七天没回就算过去了。"
    )
