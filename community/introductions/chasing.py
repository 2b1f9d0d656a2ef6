"""What comes of an introduction: unanswered it is over, of the others somebody tells the end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from community.due import Round
from community.errors import UserError
from community.introductions import parties, wording
from community.introductions.parties import Side
from community.introductions.wording import Outcome
from community.notices import tell
from community.posts.lifetime import awake, not_at_night
from community.scene import Scene
from storage.queries.people import introductions
from storage.tables import Introduction, Member

PAUSE: Final = timedelta(days=5)  # before the first question, and between two
LATER: Final = timedelta(days=14)  # for those who still talk
MOST: Final = 3  # questions
_ASKED: tuple[Side, ...] = ("asker", "introducer")


def tick(turn: Round) -> int:
    """Let lapse what nobody has answered in a community, and ask what came of the others; gives
    how many it were, 0 when nothing is left.
    """
    here = introductions.due_in(
        turn.session, now=turn.now, among=awake(turn.settings, now=turn.now)
    )
    return turn.take_up(here, introductions.claim_due, _take_up)


def wait(scene: Scene, row: Introduction, pause: timedelta = PAUSE) -> None:
    """So long it is left alone."""
    row.due_at = not_at_night(scene.now + pause, scene.settings.zone)


def forget_words(row: Introduction) -> None:
    """Nobody needs to read them any more."""
    row.words = row.asker_contact = row.asked_contact = ""


def lapse(row: Introduction) -> None:
    """Nobody answers it any more. Who declined stays known to himself."""
    row.state = "lapsed" if row.state == "asked" else row.state
    row.due_at = None
    forget_words(row)


def settle(scene: Scene, *, row: Introduction, person: Member, outcome: Outcome) -> str:
    """Somebody tells what came of it; gives what is to be done about the post, if he is its
    author. Raises UserError.
    """
    side = parties.side_of(scene, row, person)
    if side is None or row.state != "agreed":
        own = "看自己的：私聊我发 #我的引荐"
        raise UserError(f"I{row.id} 还没有牵上线，没有结果可记。", back=own)
    fresh = row.outcome != outcome
    row.outcome = outcome
    row.due_at = None
    if outcome == "ongoing" and row.chases < MOST:
        wait(scene, row, LATER)
    return _suggest(scene, row, person, fresh=fresh) if outcome == "succeeded" else ""


def _take_up(scene: Scene, rows: Sequence[Introduction]) -> None:
    for row in rows:
        if row.state == "agreed":
            _chase(scene, row)
        else:
            lapse(row)


def _chase(scene: Scene, row: Introduction) -> None:
    """Ask once more, unless it was in vain often enough."""
    if row.chases >= MOST:
        row.due_at = None
        return
    row.chases += 1
    wait(scene, row)
    for side in _ASKED:
        if side == "introducer" and row.introducer_id is None:
            continue
        member = parties.named(scene, row, side)
        if parties.reader(scene, member).active:
            text = wording.chase(scene, row, side)
            tell(scene, member=member, text=text, about=row.post_id, until=row.due_at)


def _suggest(scene: Scene, row: Introduction, teller: Member, *, fresh: bool) -> str:
    """The author alone says that his post is done; of an offer others may still want some.

    He is told of it by somebody else once, however often that one says so.
    """
    post = wording.post_of(scene, row)
    if post is None or post.state not in ("active", "expired"):
        return ""
    author = parties.author(scene, post)
    if post.kind == "need":
        helper = parties.named(scene, row, "asker").shown
        what = f"#{post.id}「{post.title}」办成的话，发 #搞定 {post.id} @{helper}。"
    else:
        what = f"#{post.id}「{post.title}」不再接了的话，发 #搞定 {post.id}；还接就不用管。"
    if parties.same(scene, author, teller):
        return what
    if fresh:
        text = f"{teller.shown} 说 I{row.id} 成了。{what}"
        tell(scene, member=author, text=text, about=post.id)
    return ""
