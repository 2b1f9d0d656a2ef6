"""An anonymous post from its text to the groups: prepared, confirmed once, then published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from community.actions import Mention, Segment, Send, Text
from community.anonymity import drafts, names
from community.anonymity.authors import blind_of, make_alias, posts_of, row_of
from community.anonymity.drafts import Draft
from community.anonymity.hiding import barred, blinds_of, colleagues, declared_by, open_groups
from community.anonymity.keys import KeyRing, key_ring, usable_ring
from community.anonymity.watch import look_soon
from community.anonymity.wording import cleaned
from community.errors import UserError
from community.matches.mentions import Called, choose
from community.matches.search import find_matches
from community.notices import send
from community.posts import texts
from community.posts.publishing import Published
from community.posts.publishing import publish as publish_post
from community.rights import is_admin
from community.scene import Scene
from community.wording import KINDS
from matching import Analysis
from storage.queries import anonymity
from storage.queries.pool import posts
from storage.tables import Member, Post

_QUESTIONS = {"need": "能帮上忙吗？", "offer": "用得上吗？"}


@dataclass(frozen=True)
class Preview:
    """What the author reads before he confirms."""

    draft: Draft
    removed: Sequence[str]  # what was taken out, as it stood there
    employers: Sequence[str]  # whose members will not see it
    colleagues: int  # how many of them are known here
    groups: Sequence[str]  # in which it will be announced
    closed: Sequence[str]  # in which it will not, for one of them sits there


@dataclass(frozen=True)
class Announced:
    """What became of it."""

    published: Published
    alias: Member
    groups: Sequence[str]


def prepare(scene: Scene, *, person: Member, kind: str, text: str) -> Preview:
    """Keep the text until its author confirms it. Raises UserError."""
    ring = usable_ring(scene)
    found = cleaned(scene, person=person, kind=kind, text=text)
    _check_new(scene, person, kind, found.text)
    _check_limit(scene, ring, person)
    taken = anonymity.live_names(scene.session, community_id=scene.community_id)
    draft = Draft(kind, found.text, names.draw(taken))
    drafts.keep(scene, ring, person=person, draft=draft)
    every = _groups(scene)
    groups = open_groups(scene, ring, person=person, groups=every)
    return Preview(
        draft,
        found.removed,
        declared_by(scene, person),
        len(colleagues(scene, person=person)),
        groups,
        [one for one in every if one not in groups],
    )


def waiting(scene: Scene, *, person: Member) -> bool:
    """The person has a text to confirm."""
    ring = key_ring(scene)
    return ring is not None and drafts.read(scene, ring, person=person) is not None


def publish(scene: Scene, *, person: Member) -> Announced:
    """Publish what the person has prepared, and announce it. Raises UserError."""
    ring = usable_ring(scene)
    draft = drafts.read(scene, ring, person=person)
    if draft is None:
        raise UserError("没有等着发布的匿名内容（一小时内有效）。重新发：#匿名 求 加内容。")
    _check_limit(scene, ring, person)
    drafts.drop(scene, ring, person=person)
    taken = anonymity.live_names(scene.session, community_id=scene.community_id)
    name = names.draw(taken) if draft.alias in taken else draft.alias
    alias = make_alias(scene, ring, person=person, name=name)
    row = row_of(scene, alias.id)
    assert row is not None
    row.employers = blinds_of(ring, scene, declared_by(scene, person))
    scene.session.flush()
    nowhere = replace(scene, via="")  # by which account it came is nobody's business
    published = publish_post(nowhere, author=alias, kind=draft.kind, text=draft.text)
    look_soon(scene, published.post)
    groups = open_groups(scene, ring, person=person, groups=_groups(scene))
    _announce(nowhere, published.post, alias, groups)
    return Announced(published, alias, groups)


def forget(scene: Scene, *, person: Member) -> bool:
    """What was prepared is not wanted any more; False: there was nothing."""
    ring = key_ring(scene)
    if ring is None or drafts.read(scene, ring, person=person) is None:
        return False
    drafts.drop(scene, ring, person=person)
    return True


def _groups(scene: Scene) -> Sequence[str]:
    return [one for one in scene.settings.groups if one != scene.settings.admin_group]


def _announce(scene: Scene, post: Post, alias: Member, groups: Sequence[str]) -> None:
    """Say it in each of the groups, and call there whom it concerns."""
    if not groups:
        return
    query = Analysis.load(post.analysis)
    looked = find_matches(scene, query=query, kind=post.kind, author=alias.id)
    kept_out = barred(scene, author=alias, ids={one.id for one in looked.calls})
    calls = [one for one in looked.calls if one.id not in kept_out]
    for group in groups:
        called = choose(scene, post=post, group=group, calls=calls, fans=())
        send(scene, Send(group=group, segments=_words(post, alias, called)), about=post.id)


def _words(post: Post, alias: Member, called: Sequence[Called]) -> tuple[Segment, ...]:
    parts: list[Segment] = [
        Text(
            text=f"#{post.id} 匿名{KINDS[post.kind]}（{alias.shown}）：\n{post.text}\n"
            f"想认识 ta，私聊我发 #认识 {post.id} 加一句话。"
        )
    ]
    for one in called:
        why = f"你的 #{one.post} 可能对得上" if one.post else "可能和你有关"
        parts += [
            Text(text="\n"),
            Mention(account=one.account, name=one.member.shown),
            Text(text=f"{why}，{_QUESTIONS[post.kind]}"),
        ]
    if called:
        parts.append(Text(text="\n（不想被 @，发 #勿扰）"))
    return tuple(parts)


def _check_new(scene: Scene, person: Member, kind: str, text: str) -> None:
    identity = texts.identity(text)
    for post in posts_of(scene, person=person, state="active"):
        if post.kind == kind and post.fingerprint == identity:
            raise UserError(f"这和你匿名发的 #{post.id} 一样，没有另记；还要就续：#续 {post.id}。")


def _check_limit(scene: Scene, ring: KeyRing, person: Member) -> None:
    """With what he posted under his name; the other way round nobody learns of these."""
    most = scene.settings.limits.posts_per_day
    if most == 0 or is_admin(scene, person):
        return
    session, here = scene.session, scene.community_id
    midnight = scene.now.astimezone(scene.settings.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    blind = blind_of(ring, here, person.id)
    brought = posts.count_since(session, community_id=here, member_id=person.id, since=midnight)
    brought += anonymity.count_since(session, community_id=here, blind=blind, since=midnight)
    if brought >= most:
        raise UserError(
            f"今天已经发了 {brought} 条（每人每天最多 {most} 条），没有保存，明天再发。"
        )
