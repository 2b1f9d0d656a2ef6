"""Answer the queries of a judged community with the functions that production uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matching.analyser import Analyser, Profile
from matching.analysis import Analysis
from matching.deciding import Call, callable_members, shortlist
from matching.features import Stats
from matching.metrics import SHOWN, Judged, Measures, measure, relevant_members, relevant_posts
from matching.ranking import Candidate, Ranked, rank


@dataclass(frozen=True)
class Community:
    """Members, posts and judgments (query: target: grade) as they were loaded."""

    name: str
    members: Sequence[Mapping[str, Any]]
    posts: Sequence[Mapping[str, Any]]
    judgments: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Answer:
    """All that was found for one query, and what was chosen of it."""

    posts: Sequence[Ranked]
    members: Sequence[Ranked]
    shown: Sequence[Ranked]
    calls: Sequence[Call]


@dataclass
class Trial:
    """One community, analysed."""

    community: Community
    posts: dict[str, Analysis] = field(default_factory=dict)
    members: dict[str, Analysis] = field(default_factory=dict)

    @classmethod
    def prepare(cls, community: Community, analyser: Analyser) -> "Trial":
        """Analyse every post and every member once."""
        posts = {p["id"]: analyser.analyse(p["text"], p["kind"]) for p in community.posts}
        members = {m["id"]: analyser.profile(profile_of(m)) for m in community.members}
        return cls(community, posts, members)

    def answer(self, query: str) -> Answer:
        """What the bot would reply."""
        analysis = self.posts[query]
        author = {p["id"]: p["author"] for p in self.community.posts}
        opposite = {i: a for i, a in self.posts.items() if a.kind != analysis.kind}
        members = {i: a for i, a in self.members.items() if i != author[query]}
        others = {i: a for i, a in opposite.items() if author[i] != author[query]}
        ranked_posts = rank(analysis, candidates(others), stats_of(analysis, opposite))
        ranked_members = rank(analysis, candidates(members), stats_of(analysis, self.members))
        shown = shortlist(analysis, ranked_posts, SHOWN)
        authors = {number(post): number(owner) for post, owner in author.items()}
        calls = callable_members(analysis, ranked_members, shown, authors)
        return Answer(ranked_posts, ranked_members, shown, calls)

    def measures(self) -> tuple[Measures, Measures]:
        """Posts and mentions over all queries."""
        author = {p["id"]: p["author"] for p in self.community.posts}
        posts, mentions = [], []
        for query, judged in self.community.judgments.items():
            answer = self.answer(query)
            shown = [f"p{found.id:03d}" for found in answer.shown]
            called = [f"m{call.id:03d}" for call in answer.calls]
            posts.append(Judged(shown, relevant_posts(judged)))
            mentions.append(Judged(called, relevant_members(judged, author)))
        return measure(posts), measure(mentions)


def profile_of(member: Mapping[str, Any]) -> Profile:
    """A member of the data set as the analyser takes it."""
    return Profile(
        company=member["company"],
        title=member["title"],
        city=member["city"],
        industry=member["industry"],
        bio=member["bio"],
        keywords=tuple(member["keywords"]),
        group_nickname=member["group_nickname"],
    )


def number(name: str) -> int:
    """p012 → 12."""
    return int(name[1:])


def candidates(analyses: Mapping[str, Analysis]) -> list[Candidate]:
    """Analyses by name as candidates by number."""
    return [Candidate(number(name), analysis) for name, analysis in analyses.items()]


def stats_of(query: Analysis, collection: Mapping[str, Analysis]) -> Stats:
    """Document frequencies of the query's terms."""
    counts = {t: sum(t in a.terms for a in collection.values()) for t in query.terms}
    return Stats(len(collection), counts)
