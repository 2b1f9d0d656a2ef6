"""Asking to be put in touch with somebody, and introducing two others.

What whoever began it can see never depends on whether it was declined: a request that came to
nothing looks the same as one that nobody has answered, and holds back the next one as long.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from community.errors import UserError
from community.introductions import answering, contacts, parties, wording
from community.introductions.parties import HALVES
from community.members import contacting
from community.membership.history import note
from community.membership.redaction import contacts_in
from community.notices import by_mail, tell, way_to
from community.posts import finding
from community.rights import may
from community.scene import Scene
from storage.queries import counters
from storage.queries.people import introductions
from storage.tables import Introduction, Member, Post

LONGEST: Final = 300  # characters
MOST: Final = 5  # a day, and that wait for an answer
PATIENCE: Final = timedelta(days=7)
PAUSE: Final = 2 * PATIENCE  # until the next request: a week at least after a no
_STATES = ("active", "expired", "done")  # of posts about which one may ask
_PROGRESS = "看进展：私聊我发 #我的引荐"
_REMEMBERED = timedelta(days=30)  # those who are in touch need no new introduction before


def ask(
    scene: Scene, *, asker: Member, asked: Member, words: str, post: Post | None = None
) -> Introduction:
    """Ask somebody, in private, whether the asker may get to know him. Raises UserError.

    Who has asked the asker already has said yes by that.
    """
    words = _checked(words)
    check_reach(scene, asker=asker, asked=asked, post=post)
    check_begun(scene, asker=asker, asked=asked)
    given = contacts.asking(scene, member=asker, words=words)
    if not given:
        raise UserError(
            "还不知道对方怎么联系你，没有转达：在那句话最后加上「微信 abc123」这样的联系方式，"
            "对方愿意之前看不到。",
            private=True,
            back=f"私聊我再发一次，你的原文：\n{words}",
        )
    if (wished := _wished(scene, asker, asked)) is not None:
        said = "；".join(contacts_in(words))
        answering.agree(scene, row=wished, person=asker, contact=said)
        return wished
    row = _new(scene, asker, asked, words)
    row.post_id = None if post is None else post.id
    row.asker_said, row.asker_contact = "yes", given
    _store(scene, row)
    about = {} if post is None else {"post": post.id}
    note(scene, member_id=asked.id, verb="meet", actor=asker, introduction=row.id, **about)
    tell(scene, member=asker, text=wording.promise(scene, row, given=given), forget=True)
    _put_questions(scene, row)
    return row


def check_reach(scene: Scene, *, asker: Member, asked: Member, post: Post | None) -> None:
    """Raises UserError when the one cannot ask the other at all."""
    if post is not None:
        finding.check_open(post, *_STATES)
    _check_reach(scene, asker, asked, post)


def seems_open(scene: Scene, *, asker: Member, asked: Member, post: Post | None) -> bool:
    """As far as may be shown before somebody asks: for a look no alias is opened."""
    if parties.is_alias(scene, asked):
        return True
    try:
        check_reach(scene, asker=asker, asked=asked, post=post)
    except UserError:
        return False
    return True


def check_begun(scene: Scene, *, asker: Member, asked: Member) -> None:
    """Raises UserError when he has asked him lately, or too many."""
    _check_begun(scene, asker, asker, asked)


def introduce(
    scene: Scene, *, introducer: Member, pair: tuple[Member, Member], words: str
) -> Introduction:
    """Ask two others, in private, whether they want to know each other. Raises UserError."""
    words = _checked(words)
    one, two = pair
    if parties.same(scene, one, two):
        raise UserError("这是同一位，引荐要写两位。")
    if any(parties.same(scene, introducer, member) for member in pair):
        raise UserError("你自己想认识谁，发 #认识 加名字和一句话；#引荐 是介绍另外两位。")
    for member in pair:
        _check_reach(scene, introducer, member, None)
    _check_begun(scene, introducer, *pair)
    row = _new(scene, one, two, words)
    row.introducer_id = introducer.id
    _store(scene, row)
    for member in pair:
        note(scene, member_id=member.id, verb="introduce", actor=introducer, introduction=row.id)
    _put_questions(scene, row)
    return row


def _checked(words: str) -> str:
    words = "\n".join(line.rstrip() for line in words.strip().splitlines())
    if not words:
        raise UserError("后面再写一句为什么，对方看了才好决定。没有转达。")
    if len(words) > LONGEST:
        over = len(words) - LONGEST
        raise UserError(
            f"那句话最多 {LONGEST} 字，超出 {over} 字，没有转达。",
            private=True,
            back=f"你的原文，改好再发：\n{words}",
        )
    return words


def _check_reach(scene: Scene, sender: Member, receiver: Member, post: Post | None) -> None:
    person = parties.reader(scene, receiver)
    name = receiver.shown
    if parties.is_alias(scene, receiver) and sender.id != person.id:
        # Whoever knows who has left, or may be asked no more, would learn who it is.
        if not may(scene, sender, "whois"):
            raise UserError("成为成员以后才能引荐。", private=True)
        return
    try:
        contacting.check_reach(
            scene,
            sender=sender,
            receiver=receiver,
            post=post,
            reader=person,
            deed="引荐",
            fails="转达不了",
        )
        if not may(scene, person, "introductions"):
            raise UserError(f"{name} 现在是访客，转达不了。")
        if by_mail(way_to(scene, member=person) or ""):  # where nobody can answer with one word
            raise UserError(f"{name} 只收邮件，转达不了。")
    except UserError as error:  # how somebody wants to be reached is nothing for a group
        raise UserError(error.why, private=True) from error


def _hears(scene: Scene, member: Member) -> bool:
    """He is asked in private; an alias may stand for somebody who cannot be, or wants it not."""
    person = parties.reader(scene, member)
    if person.id == member.id:
        return True
    if person.muted or not may(scene, person, "introductions"):
        return False
    return not by_mail(way_to(scene, member=person) or "")


def _check_begun(scene: Scene, person: Member, one: Member, two: Member) -> None:
    """What the person has begun himself, today and about these two, or has said yes to. In a group
    as well he is told the same, whatever has become of it.
    """
    lately = _lately(scene, person)
    begun = [row for row in lately if parties.was_begun_by(row, person)]
    for row in lately:
        if parties.is_of(row, one, two) and _holds_back(scene, row, begun=row in begun):
            raise UserError(f"已经转达过了（I{row.id}）。", back=_PROGRESS)
    _check_limits(scene, begun)


def _holds_back(scene: Scene, row: Introduction, *, begun: bool) -> bool:
    if row.state == "agreed":
        return row.outcome != "failed"
    return begun and (row.due_at is not None or scene.now < row.created_at + PAUSE)


def _wished(scene: Scene, asker: Member, asked: Member) -> Introduction | None:
    """What the one has asked the other before, who has not answered it."""
    return next(
        (
            row
            for row in _lately(scene, asker)
            if parties.is_of(row, asker, asked)
            and parties.was_begun_by(row, asked)
            and answering.awaits(scene, row, asker)
        ),
        None,
    )


def _check_limits(scene: Scene, begun: list[Introduction]) -> None:
    midnight = scene.now.astimezone(scene.settings.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    if sum(row.created_at >= midnight for row in begun) >= MOST:
        raise UserError(f"今天已经转达了 {MOST} 次（每人每天最多 {MOST} 次），明天再来。")
    if sum(row.state != "agreed" and row.due_at is not None for row in begun) >= MOST:
        raise UserError(f"已经有 {MOST} 个在等回复了，等有了下文再来。", back=_PROGRESS)


def _lately(scene: Scene, person: Member) -> list[Introduction]:
    return introductions.concerning(
        scene.session,
        community_id=scene.community_id,
        ids=[person.id],  # what he did under an alias is nobody's business here
        since=scene.now - _REMEMBERED,
    )


def _new(scene: Scene, asker: Member, asked: Member, words: str) -> Introduction:
    return Introduction(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="introduction"),
        asker_id=asker.id,
        asked_id=asked.id,
        words=words,
        created_at=scene.now,
        due_at=scene.now + PATIENCE,
    )


def _store(scene: Scene, row: Introduction) -> None:
    scene.session.add(row)
    scene.session.flush()


def _put_questions(scene: Scene, row: Introduction) -> None:
    """To whoever of the two has not said yes by asking."""
    for half, member in _unasked(scene, row):
        if not _hears(scene, member):
            continue
        person = parties.reader(scene, member)
        text = wording.question(scene, row, half, own=contacts.known(scene, member=person))
        tell(scene, member=member, text=text, about=row.post_id, until=row.due_at, forget=True)


def _unasked(scene: Scene, row: Introduction) -> Iterator[tuple[parties.Half, Member]]:
    for half in HALVES:
        if half == "asked" or row.introducer_id is not None:
            yield half, parties.named(scene, row, half)
