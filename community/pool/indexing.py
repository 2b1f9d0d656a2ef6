"""Keeping what can be found in step with what is stored: analyses and the search index."""

import re
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from community.scene import Scene
from matching import Analyser, Analysis, Profile, candidate_terms
from storage.queries import communities
from storage.queries.learning import lookback
from storage.queries.pool import analyses, postings
from storage.queries.web import preferences
from storage.tables import Follow, Member, Post

MEMBER_SHELF = "member"
CLOSED = ("done", "expired")  # what can still be looked up when it is asked for
_NAMES_A_THING = 0.5  # weight of a word; lone characters without a meaning have far less
_CLAUSE_END = re.compile(r"[，,。;；\n!！?？、]+")


def index_post(scene: Scene, post: Post) -> Analysis:
    """Analyse a new or changed post; it can be found while it is active."""
    return _index_post(scene.session, scene.analyser, post)


def index_first(scene: Scene, post: Post) -> Analysis:
    """The same for an active post that was never indexed: no shelf holds anything of it."""
    analysis = _analyse_post(scene.analyser, post)
    postings.add(
        scene.session,
        community_id=post.community_id,
        shelf=post.kind,
        item_id=post.id,
        terms=analysis.entries,
    )
    return analysis


def index_member(session: Session, analyser: Analyser, member: Member) -> Analysis:
    """Analyse a new or changed profile; it can be found while the member is active."""
    discreet = _discreet(session, [member])
    analysis, news = _analyse(analyser, member, discreet=member.id in discreet)
    _shelve(session, MEMBER_SHELF, member, analysis.weights if member.active else {})
    if news:
        since = {member.id: member.updated_at}
        lookback.mark(session, community_id=member.community_id, since=since)
    return analysis


def index_members(session: Session, analyser: Analyser, members: Sequence[Member]) -> None:
    """The same for many members of one community, with few statements."""
    if not members:
        return
    terms: dict[int, Mapping[str, int]] = {}
    changed: list[Member] = []
    discreet = _discreet(session, members)
    for member in members:
        analysis, news = _analyse(analyser, member, discreet=member.id in discreet)
        terms[member.id] = analysis.weights if member.active else {}
        changed += [member] if news else []
    community_id = members[0].community_id
    postings.replace_all(session, community_id=community_id, shelf=MEMBER_SHELF, items=terms)
    since = {member.id: member.updated_at for member in changed}
    lookback.mark(session, community_id=community_id, since=since)


def _discreet(session: Session, members: Sequence[Member]) -> set[int]:
    """Those who do not show their company."""
    chosen = preferences.of_members(
        session, community_id=members[0].community_id, ids=[one.id for one in members]
    )
    return {id_ for id_, row in chosen.items() if not row.shows_company}


def _analyse(analyser: Analyser, member: Member, *, discreet: bool) -> tuple[Analysis, bool]:
    """The profile's analysis, now stored, and whether the member says something else by it.

    Other rules read other things out of the same words: that is no news about the member.
    """
    analysis = analyser.profile(profile_of(member, discreet=discreet))
    before = Analysis.load(member.analysis or {})
    same_rules = member.analysis_version in ("", analyser.version)
    member.analysis, member.analysis_version = analysis.dump(), analyser.version
    return analysis, same_rules and bool(analysis.units) and analysis.units != before.units


def index_follow(analyser: Analyser, follow: Follow) -> Analysis:
    """Analyse a followed keyword; ``term`` stays empty when it says nothing that can be found."""
    analysis = analyser.analyse(follow.keyword)
    follow.analysis, follow.analysis_version = analysis.dump(), analyser.version
    terms = candidate_terms(analysis) if significant_words(analysis) else ()
    follow.term = next((term for term in terms if len(term) <= postings.TERM_LENGTH), "")
    return analysis


def significant_words(analysis: Analysis) -> frozenset[str]:
    """The words of a short text that say something by themselves.

    A lone character does when it names a thing (棚, 猫), and not when it is what is left of a
    name (王 of 王五).
    """
    return frozenset(
        unit.surface
        for unit in analysis.units
        if len(unit.surface) > 1 or unit.weight >= _NAMES_A_THING
    )


def refresh(session: Session, *, analyser: Analyser, limit: int) -> int:
    """Analyse rows that other rules have analysed, of one community; 0 when none is left."""
    version = analyser.version
    community_id = analyses.behind(session, version=version)
    if community_id is None:
        return 0
    communities.lock(session, community_id=community_id)
    old = analyses.outdated(session, community_id=community_id, version=version, limit=limit)
    for row in old:
        match row:
            case Post():
                _index_post(session, analyser, row)
            case Member():
                index_member(session, analyser, row)
            case Follow():
                index_follow(analyser, row)
    return len(old)


def _index_post(session: Session, analyser: Analyser, post: Post) -> Analysis:
    analysis = _analyse_post(analyser, post)
    terms = analysis.entries
    _shelve(session, post.kind, post, terms if post.state == "active" else {})
    _shelve(session, closed_shelf(post.kind), post, terms if post.state in CLOSED else {})
    return analysis


def _analyse_post(analyser: Analyser, post: Post) -> Analysis:
    analysis = analyser.analyse(post.text, post.kind)
    post.analysis, post.analysis_version = analysis.dump(), analyser.version
    return analysis


def closed_shelf(kind: str) -> str:
    """Where posts of a kind stand that are done or have run out."""
    return f"ex-{kind}"


def forget_post(session: Session, post: Post) -> None:
    """Nothing finds the post, whatever its state is."""
    for shelf in (post.kind, closed_shelf(post.kind)):
        _shelve(session, shelf, post, {})


def _shelve(session: Session, shelf: str, item: Post | Member, terms: Mapping[str, int]) -> None:
    """Nothing is found of an item without terms."""
    postings.replace(
        session, community_id=item.community_id, shelf=shelf, item_id=item.id, terms=terms
    )


def profile_of(member: Member, *, discreet: bool = False) -> Profile:
    """What a member can give counts as part of the bio, what he looks for as a need of his.

    ``discreet``: neither is he found by his company, nor is it ever named as a reason.
    """
    nickname = member.group_nickname
    if discreet and member.company:
        nickname = nickname.replace(member.company, " ")
    return Profile(
        company="" if discreet else member.company,
        title=member.title,
        city=member.city,
        industry=member.industry,
        bio="\n".join([member.bio, *_offers(member.gives)]),
        skills=member.skills,
        keywords=member.keywords,
        group_nickname=nickname,
        posts=[("need", member.seeks)] if member.seeks else [],
    )


def _offers(gives: str) -> list[str]:
    """Each thing said so that 招聘渠道 is not taken for somebody who is hiring."""
    return [f"提供{part.strip()}" for part in _CLAUSE_END.split(gives) if part.strip()]
