"""Erasing a person, all in one transaction: what is left knows no name, no account, no words.

Bars, and how often he applied, stay on the digest of an account. Posts are kept without their
author or go as well, as the person chooses; what others wrote about him in posts of their own
stays theirs.
"""

from dataclasses import dataclass
from typing import Literal

from community.anonymity.authors import forget_person, is_alias, posts_of
from community.events import seating
from community.introductions import listing
from community.membership import erased_accounts, traffic_redaction
from community.membership.erased_member import placeholder_member
from community.membership.redaction import Traces
from community.pool.indexing import MEMBER_SHELF, forget_post, index_post
from community.posts import texts
from community.posts.closing import remove_from_pool
from community.scene import Scene
from community.vetting import finding, past_tries
from community.vetting.past_tries import PastTries
from storage.queries import audit
from storage.queries.events import events
from storage.queries.learning import labels
from storage.queries.people import erasing, people, personal
from storage.queries.pool import matches, postings
from storage.tables import Member, Post

Choice = Literal["anonymous", "removed"]
_EMPTY = "（作者已删除）"


@dataclass(frozen=True)
class Erased:
    """What was done, as the person is told."""

    posts_removed: int
    posts_kept: int  # without a name
    withdrawn: int  # of those kept, because nobody could be reached any more
    follows: int
    thanks: int
    applications: int
    reports: int
    messages: int  # that had come in or gone out
    accounts: int
    tries: PastTries  # that go on counting

    @property
    def kept(self) -> str:
        """What he is told of that; empty where nothing is kept."""
        if self.tries == PastTries():
            return ""
        long = "半年" if self.tries.failed else "一天"
        return f"申请过几次还会记着：留下的只有账号的摘要（认不出是谁）和次数，{long}后删掉。"


def erase(
    scene: Scene, *, member: Member, choice: Choice, at_work: tuple[str, str] | None = None
) -> Erased:
    """Take the person out of every table.

    ``at_work`` is channel and key of the update that brought the wish: its row must outlive it.
    """
    session, number = scene.session, member.id
    traces = traces_of(scene, member=member)
    named, anonymous = personal.posts(session, member=member), posts_of(scene, person=member)
    mine = [*named, *anonymous]
    follows = len(personal.follows(session, member=member))
    thanks = len(personal.thanks(session, member=member))
    reports = personal.reports(session, member=member)
    live = sum(post.state == "active" for post in mine)
    applied = personal.applications(session, member=member, accounts=traces.addresses)
    tries = _keep_tries(scene, traces)
    seating.release(scene, member=member)
    messages = traffic_redaction.forget(
        scene,
        traces=traces,
        posts=mine,
        reports=reports,
        told=listing.openings(scene, member),
        posts_go=choice == "removed",
        applications=[application.id for application in applied],
        at_work=at_work,
    )
    if choice == "removed":
        _remove(scene, mine)
    else:
        _anonymise(scene, mine, traces)
    forget_person(scene, person=member)
    _forget(scene, member, traces)
    kept = 0 if choice == "removed" else len(mine)
    audit.add(
        session, community_id=scene.community_id, at=scene.now, verb="erase", subject="member",
        subject_id=number, detail={"posts": choice, "count": len(named)},
    )  # fmt: skip
    return Erased(
        posts_removed=len(mine) - kept,
        posts_kept=kept,
        withdrawn=live if kept else 0,
        follows=follows,
        thanks=thanks,
        applications=len(applied),
        reports=len(reports),
        messages=messages,
        accounts=len(traces.addresses),
        tries=tries,
    )


def traces_of(scene: Scene, *, member: Member) -> Traces:
    """By what the member can be recognised."""
    session, community_id = scene.session, scene.community_id
    accounts = people.accounts(session, community_id=community_id, member_id=member.id)
    addresses = frozenset(account.address for account in accounts)
    seats = personal.seats(session, member=member, accounts=addresses)
    applied = personal.applications(session, member=member, accounts=addresses)
    names = {member.name, member.group_nickname}
    names |= {account.name for account in accounts}
    names |= {name for seat in seats for name in (seat.name, seat.card)}
    names |= {application.name for application in applied}
    names |= {application.answers.get("name", "") for application in applied}
    said = erasing.said(session, accounts=addresses)
    names |= {name for one in said for name in (one.name, one.card)}
    messages = frozenset(one.message_id for one in said)
    return Traces(addresses, frozenset(name for name in names if name), messages)


def _keep_tries(scene: Scene, traces: Traces) -> PastTries:
    """Whoever begins anew would flood the admins; gives the most of any account."""
    most = PastTries()
    for account in traces.addresses:
        tries = PastTries(finding.repeats(scene, account), finding.sent_lately(scene, account))
        past_tries.remember(scene, account=account, tries=tries)
        most = PastTries(max(most.failed, tries.failed), max(most.sent, tries.sent))
    return most


def _remove(scene: Scene, mine: list[Post]) -> None:
    """Posts go; of one for which somebody was thanked an empty shell keeps the thanks."""
    session, here = scene.session, scene.community_id
    thanked = erasing.thanked(session, community_id=here, ids=[post.id for post in mine])
    erasing.forget_links(session, community_id=here, posts=thanked)
    for post in mine:
        remove_from_pool(scene, post, state=post.state if post.state != "active" else "withdrawn")
        if post.id in thanked:
            _hand_over(scene, post, _EMPTY)
        else:
            forget_post(session, post)
            session.delete(post)
    session.flush()


def _anonymise(scene: Scene, mine: list[Post], traces: Traces) -> None:
    """Posts stay as what the community went through; nobody answers for them any more."""
    erasing.forget_links(
        scene.session, community_id=scene.community_id, posts=[post.id for post in mine]
    )
    for post in mine:
        if post.state == "active":
            remove_from_pool(scene, post, state="withdrawn")
        _hand_over(scene, post, traces.masked(post.text))
    scene.session.flush()


def _hand_over(scene: Scene, post: Post, text: str) -> None:
    texts.write(post, text)
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    if not is_alias(scene, author):  # that is nobody's name
        post.author_id = placeholder_member(scene).id
    post.source_message = None
    index_post(scene, post)
    matches.forget(scene.session, community_id=scene.community_id, post_id=post.id)
    labels.forget(scene.session, community_id=scene.community_id, post_id=post.id)


def _forget(scene: Scene, member: Member, traces: Traces) -> None:
    session, community_id = scene.session, scene.community_id
    postings.remove(session, community_id=community_id, shelf=MEMBER_SHELF, item_id=member.id)
    if erasing.has_collected(session, member=member):
        erasing.hand_over_collected(session, member=member, to=placeholder_member(scene).id)
    erasing.forget_deeds(session, member=member, accounts=traces.addresses)
    erasing.forget_applications(session, member=member, accounts=traces.addresses)
    erasing.forget_accounts(session, member=member, accounts=traces.addresses)
    erasing.forget_marks(session, member=member)
    erasing.leave_introduced(session, member=member)
    events.forget_host(session, community_id=community_id, member_id=member.id)
    erasing.forget_member(session, member=member)
    erased_accounts.remember(scene, accounts=traces.addresses)
    session.flush()
    session.expire_all()
