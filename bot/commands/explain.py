"""Why one query of a judged community is answered as it is: laoyou eval DIR --explain QUERY."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.console import Console

from matching import FITTED, Analysis, Ranked, doubts
from matching.evaluation import Trial
from matching.metrics import SHOWN

_GONE = "（文件里没有它）"


class Line(NamedTuple):
    """One post or member in the ranking."""

    name: str
    chosen: bool  # shown, or called
    grade: int | None  # None: nobody has judged it
    chance: float
    alone: float  # the chance before post and author were judged together
    said: str
    why: Sequence[tuple[str, float]]  # each reason with its share of the query
    against: Sequence[str]


class Explained(NamedTuple):
    """All that was found for a query, the best first, and what was judged right and not found."""

    posts: Sequence[Line]
    members: Sequence[Line]
    missed: Mapping[str, int]
    called: Sequence[str]


class _Side(NamedTuple):
    prefix: str
    together: Sequence[Ranked]
    alone: Sequence[Ranked]
    analyses: Mapping[str, Analysis]


def explain(trial: Trial, query: str) -> Explained:
    """The whole ranking."""
    ranking = trial.ranked(query)
    answer = trial.decide(query, ranking, FITTED)
    people = [one.profile for one in answer.settled.people if one.profile is not None]
    called = [f"m{call.id:03d}" for call in answer.calls[:SHOWN]]
    chosen = {*called, *(f"p{one.id:03d}" for one in answer.shown)}
    posts, members = (
        list(_ranked(trial, query, side, chosen))
        for side in (
            _Side("p", answer.settled.posts, ranking.posts, trial.posts),
            _Side("m", people, ranking.members, trial.members),
        )
    )
    found = {line.name for line in (*posts, *members)}
    grades = trial.community.judgments.get(query, {})
    missed = {name: grade for name, grade in grades.items() if grade and name not in found}
    return Explained(posts, members, missed, called)


def _ranked(trial: Trial, query: str, side: _Side, chosen: Collection[str]) -> Iterator[Line]:
    asked, grades, said = trial.posts[query], trial.community.judgments.get(query, {}), _said(trial)
    alone = {one.id: one.score for one in side.alone}
    for found in side.together:
        name = f"{side.prefix}{found.id:03d}"
        theirs = said[name] if side.prefix == "p" else ""
        yield Line(
            name=name,
            chosen=name in chosen,
            grade=grades.get(name),
            chance=found.score,
            alone=alone[found.id],
            said=said[name],
            why=[(reason.text, reason.share) for reason in found.reasons],
            against=doubts(asked, side.analyses[name], said=said[query], theirs=theirs),
        )


def as_json(trial: Trial, query: str) -> dict[str, Any]:
    """What was found for the query."""
    found = explain(trial, query)
    units = [{"word": u.surface, "weight": u.weight} for u in trial.posts[query].units]
    return {
        "community": trial.community.name,
        "query": query,
        "units": units,
        "posts": [line._asdict() for line in found.posts],
        "members": [line._asdict() for line in found.members],
        "missed": found.missed,
        "called": found.called,
    }


def print_explained(trial: Trial, query: str) -> None:
    """Print the whole ranking, each line with both chances, the words and the judgment."""
    asked, found, said = trial.posts[query], explain(trial, query), _said(trial)
    told = [f"{trial.community.name} {query} {asked.kind} {said[query]}"]
    told.append("  词：" + " ".join(f"{u.surface}×{u.weight:g}" for u in asked.units))
    told.append("  把握：连同作者（帖子）一起看 ← 单看")
    for title, prefix, lines in (("帖子", "p", found.posts), ("成员", "m", found.members)):
        told += [title, *(part for line in lines for part in _told(line))]
        missed = {n: grade for n, grade in found.missed.items() if n.startswith(prefix)}
        told += [f" × {name} [{grade}] {said.get(name, _GONE)}" for name, grade in missed.items()]
    if found.called:
        told.append("提及：" + " ".join(found.called))
    Console(highlight=False, soft_wrap=True).print("\n".join(told), markup=False)


def _told(line: Line) -> Iterator[str]:
    mark, shown = "→" if line.chosen else " ", "-" if line.grade is None else line.grade
    yield f" {mark} {line.name} [{shown}] {line.chance:4.0%} ← {line.alone:4.0%} {line.said}"
    why = "，".join(f"{reason} {share:.1f}" for reason, share in line.why)
    no = f" 但：{'；'.join(line.against)}" if line.against else ""
    yield f"       因为：{why}{no}"


def _said(trial: Trial) -> dict[str, str]:
    """The texts of posts, and the cards of members."""
    posts = {post["id"]: post["text"] for post in trial.community.posts}
    return posts | {member["id"]: _card(member) for member in trial.community.members}


def _card(member: Mapping[str, Any]) -> str:
    parts = [member["company"], member["title"], member["city"], member["industry"], member["bio"]]
    return " / ".join(part for part in [*parts, *member["keywords"]] if part)
