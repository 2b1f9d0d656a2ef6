"""Answer the queries of a judged community with the functions that production uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matching.analyser import Analyser, Profile
from matching.analysis import Analysis
from matching.comparing import Stats
from matching.deciding import MentionCandidate, mention_candidates, shortlist
from matching.fitted import FITTED
from matching.joint import JointRanking, rank_jointly
from matching.metrics import SHOWN, Judged, Measures, measure, relevant_members, relevant_posts
from matching.model import Weights
from matching.ranking import Candidate, Ranked, rank


@dataclass(frozen=True)
class Community:
    """Members, posts and judgments (query: target: grade) as they were loaded."""

    name: str
    members: Sequence[Mapping[str, Any]]
    posts: Sequence[Mapping[str, Any]]
    judgments: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Searched:
    """Where an answer is looked for."""

    posts: Sequence[Candidate]
    post_stats: Stats
    members: Sequence[Candidate]
    member_stats: Stats


@dataclass(frozen=True)
class Ranking:
    """All that was found for one query, each by itself."""

    posts: Sequence[Ranked]
    members: Sequence[Ranked]


@dataclass(frozen=True)
class Answer:
    """What was found for one query, judged together, and what was chosen of it."""

    settled: JointRanking
    shown: Sequence[Ranked]
    calls: Sequence[MentionCandidate]


@dataclass(frozen=True)
class Outcome:
    """How the queries of one community were answered."""

    posts: Sequence[Judged]
    mentions: Sequence[Judged]

    @property
    def measures(self) -> tuple[Measures, Measures]:
        """Posts and mentions over all queries."""
        return measure(self.posts), measure(self.mentions)


@dataclass
class Trial:
    """One community, analysed."""

    community: Community
    posts: dict[str, Analysis] = field(default_factory=dict)
    members: dict[str, Analysis] = field(default_factory=dict)
    author: dict[str, str] = field(default_factory=dict)

    @classmethod
    def prepare(cls, community: Community, analyser: Analyser) -> "Trial":
        """Analyse every post and every member once."""
        posts = {p["id"]: analyser.analyse(p["text"], p["kind"]) for p in community.posts}
        members = {m["id"]: analyser.profile(profile_of(m)) for m in community.members}
        return cls(community, posts, members, {p["id"]: p["author"] for p in community.posts})

    def searched(self, query: str) -> Searched:
        """The posts and members that may answer a query, with their counts."""
        analysis, asker = self.posts[query], self.author[query]
        opposite = {i: a for i, a in self.posts.items() if a.kind != analysis.kind}
        others = {i: a for i, a in opposite.items() if self.author[i] != asker}
        members = {i: a for i, a in self.members.items() if i != asker}
        return Searched(
            candidates(others, self.author),
            stats_of(analysis, opposite),
            candidates(members, {name: name for name in members}),
            stats_of(analysis, self.members),
        )

    def answer(self, query: str, weights: Weights = FITTED) -> Answer:
        """What the bot would reply."""
        return self.decide(query, self.ranked(query, weights), weights)

    def ranked(self, query: str, weights: Weights = FITTED) -> Ranking:
        """Posts and members, each by itself."""
        analysis, searched = self.posts[query], self.searched(query)
        return Ranking(
            rank(analysis, searched.posts, searched.post_stats, weights),
            rank(analysis, searched.members, searched.member_stats, weights),
        )

    def decide(self, query: str, ranked: Ranking, weights: Weights) -> Answer:
        """Judge together what was ranked, and choose of it."""
        settled = rank_jointly(self.posts[query], ranked.posts, ranked.members, weights)
        return self.choose(query, settled, weights)

    def choose(self, query: str, settled: JointRanking, weights: Weights) -> Answer:
        """Choose again from what was judged."""
        analysis = self.posts[query]
        shown = shortlist(analysis, settled.posts, SHOWN, weights, likely=True)
        return Answer(settled, shown, mention_candidates(analysis, settled.people, shown, weights))

    def judge(self, query: str, answer: Answer) -> tuple[Judged, Judged]:
        """Posts and mentions of an answer beside what would have been right."""
        judged = self.community.judgments[query]
        shown = [f"p{found.id:03d}" for found in answer.shown]
        called = [f"m{call.id:03d}" for call in answer.calls]
        return (
            Judged(shown, relevant_posts(judged)),
            Judged(called, relevant_members(judged, self.author)),
        )

    def measures(self, weights: Weights = FITTED) -> tuple[Measures, Measures]:
        """Posts and mentions over all queries."""
        return self.outcome(weights).measures

    def outcome(self, weights: Weights = FITTED) -> Outcome:
        """The answers to all queries beside what would have been right."""
        pairs = [self.judge(q, self.answer(q, weights)) for q in self.community.judgments]
        return Outcome([posts for posts, _ in pairs], [calls for _, calls in pairs])


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


def candidates(analyses: Mapping[str, Analysis], owners: Mapping[str, str]) -> list[Candidate]:
    """Analyses by name as candidates by number."""
    return [
        Candidate(number(name), analysis.stored, number(owners[name]))
        for name, analysis in analyses.items()
    ]


def stats_of(query: Analysis, collection: Mapping[str, Analysis]) -> Stats:
    """Document frequencies of the query's terms."""
    counts = {t: sum(t in a.terms for a in collection.values()) for t in query.terms}
    return Stats(len(collection), counts)
