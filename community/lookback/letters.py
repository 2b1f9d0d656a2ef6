"""The letter to the author of open posts: what came up since, all in one."""

from collections.abc import Sequence
from datetime import datetime, time

from community.anonymity.authors import alias_of, person_of
from community.anonymity.hiding import is_hidden
from community.lookback.judging import current_reason
from community.mailing import preferences
from community.members import privacy
from community.notices import by_mail, tell, way_to
from community.rights import may
from community.scene import Scene
from community.settings import Settings
from community.wording import KINDS
from storage.queries.learning import tips
from storage.queries.pool import matches, posts
from storage.tables import Member, Post, Tip

_MORNING, _EVENING = time(9), time(21)
_FITS = {"need": "可能帮得上", "offer": "可能用得上"}
_END = "想看名片，发 #谁是 加名字。{labels}；不想再收到，发 #勿扰。"
_ABOUT_ONE = "准不准，引用这条回 有用 或 没用"
_ABOUT_SEVERAL = "准不准，发 #有用 或 #没用 加你那条的编号"


def is_daytime(settings: Settings, now: datetime) -> bool:
    """Letters do not come at night, where the community lives."""
    return _MORNING <= now.astimezone(settings.zone).time() < _EVENING


def write(scene: Scene, member: Member) -> bool:
    """Tell the member what waits for him, as far as it still holds; False: nothing is told.

    Of each post the best few are told. What is not told now never will be, so that a long roster
    makes one letter and not a week of them.
    """
    waiting = tips.untold(scene.session, community_id=scene.community_id, member_id=member.id)
    reader = person_of(scene, member)
    chosen = _chosen(scene, waiting, reader) if _is_reached(scene, reader) else {}
    text = _text(scene, chosen)
    about = next(iter(chosen)) if len(chosen) == 1 else None
    told = bool(chosen) and tell(scene, member=member, text=text, about=about)
    kept = {tip.id for few in chosen.values() for tip in few} if told else set()
    for tip in waiting:
        if told:
            _show(scene, tip, shown=tip.id in kept)
        if tip.id in kept:
            tip.told_at = scene.now
        else:
            scene.session.delete(tip)
    scene.session.flush()
    return told


def hears_of_later_matches(scene: Scene, member: Member) -> bool:
    """What fits later is told to the member, in private or in the letters that he asked for."""
    by_letter = preferences.of(scene, member=member).alerts != "off"
    return by_letter or (_is_reached(scene, member) and way_to(scene, member=member) is not None)


def _is_reached(scene: Scene, member: Member) -> bool:
    # By mail nothing comes by itself unless it was asked for: community/mailing.
    by_letter = by_mail(way_to(scene, member=member) or "")
    return member.active and not member.muted and not by_letter


def _show(scene: Scene, tip: Tip, *, shown: bool) -> None:
    """Only what the letter names is a match that the member can say something about."""
    match = matches.of_tip(scene.session, tip=tip)
    if match is not None and (shown or tip.target_member_id is not None):
        match.shown = shown  # two posts may have been listed together before


def _chosen(scene: Scene, waiting: Sequence[Tip], reader: Member) -> dict[int, list[Tip]]:
    """The best tips of each post that still runs, by its number."""
    most = scene.settings.matching.max_results
    numbers = {tip.post_id for tip in waiting} | {tip.target_post_id or 0 for tip in waiting}
    found = posts.by_ids(scene.session, community_id=scene.community_id, ids=numbers)
    running = {number for number, post in found.items() if _runs(scene, post)}
    chosen: dict[int, list[Tip]] = {}
    for tip in waiting:
        few = chosen.setdefault(tip.post_id, [])
        if tip.post_id in running and len(few) < most and _holds(scene, tip, running, reader):
            why = current_reason(scene, tip)
            if why is not None:
                tip.why = why
                few.append(tip)
    return {number: few for number, few in sorted(chosen.items()) if few}


def _runs(scene: Scene, post: Post) -> bool:
    return post.state == "active" and post.expires_at > scene.now


def _holds(scene: Scene, tip: Tip, running: set[int], reader: Member) -> bool:
    if tip.target_member_id is None:
        if tip.target_post_id not in running:
            return False
        post = _post(scene, tip.target_post_id)
        own = alias_of(scene, person=reader, post=post) is not None
        return not own and not is_hidden(scene, post, by=reader)
    member = _member(scene, tip.target_member_id)
    if not member.active or member.muted or privacy.unlisted(scene, ids=[member.id]):
        return False
    if member.id == reader.id:
        return False
    return may(scene, reader, "whois")  # he may be a guest by now


def _text(scene: Scene, chosen: dict[int, list[Tip]]) -> str:
    lines = []
    for number, few in chosen.items():
        post = _post(scene, number)
        what = f"你的 #{number} {KINDS[post.kind]}「{post.title}」"
        lines += [f"{what}，后来有这些{_FITS[post.kind]}：", *(_line(scene, tip) for tip in few)]
    lines.append(_END.format(labels=_ABOUT_ONE if len(chosen) == 1 else _ABOUT_SEVERAL))
    return "\n".join(lines)


def _line(scene: Scene, tip: Tip) -> str:
    why = tip.why
    if tip.target_post_id is not None:
        post = _post(scene, tip.target_post_id)
        who = f"#{post.id} {_member(scene, post.author_id).shown}：{post.title}"
    else:
        member = _member(scene, tip.target_member_id or 0)
        seen = privacy.seen(scene, member=member, viewer=None)
        card = " · ".join(part for part in (seen.company, seen.title) if part)
        who = f"{seen.shown}（{card}）" if card else seen.shown
        why = "、".join(privacy.told(why.split("、"), seen=seen, member=member))
    return f"{who} · 因为：{why}" if why else who


def _post(scene: Scene, number: int) -> Post:
    return scene.session.get_one(Post, (scene.community_id, number))


def _member(scene: Scene, number: int) -> Member:
    return scene.session.get_one(Member, (scene.community_id, number))
