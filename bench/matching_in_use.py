"""What turns and learning do to the quality of mentions, on judged data.

``python -m bench.matching_in_use bench/data [MORE …]`` replays the queries of each community of the
first folder, one a day; weights of a community's own are tried on all of them (``bench/taste.py``).
Turns: the first three, or the first alone, of those who deserve a mention, in the order of their
turn beside the plain order. Learning: half of the queries are labelled as they were judged, by so
many members each; the lessons made of that are measured on the other half.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import taste
from bot.commands.evaluate import load
from community.learning.bounds import next_weights
from community.learning.evidence import Labelled, gather
from community.learning.match_parts import parts_of
from community.learning.reweighting import reweighted
from community.matches.fairness import in_turn
from community.matches.mentions import LATELY
from matching import Analyser, MentionCandidate, Ranked
from matching.evaluation import Answer, Ranking, Trial
from matching.fitted import FITTED
from matching.metrics import SHOWN, Judged, Measures, mean, measure

START = datetime(2026, 1, 1, tzinfo=UTC)
LESSONS = 4  # enough for any weight to arrive where it tends to


def main(folder: Path, *more: Path) -> None:
    """Print the tables."""
    analyser = Analyser()
    trials = [Trial.prepare(community, analyser) for community in load(folder)]
    for most, turns in ((SHOWN, False), (SHOWN, True), (1, False), (1, True)):
        replayed = [_replay(trial, most, turns=turns) for trial in trials]
        title = f"{'in turn' if turns else 'best first'}, {most}"
        called = [Counter(one for judged in j for one in judged.answer) for j in replayed]
        busiest = [max(c.values()) / c.total() for c in called]
        print(  # noqa: T201
            f"{title:13} {_text(mean([measure(j) for j in replayed]))} "
            f"called {sum(map(len, called))} members, "
            f"the busiest gets {sum(busiest) / len(busiest):.3f} of all"
        )
    for askers in (0, 1, 5, 20):
        halves = [_half(trial, half, askers) for trial in trials for half in (0, 1)]
        title = f"learned, {askers}"
        print(  # noqa: T201
            f"{title:13} {_text(mean([mentions for _, mentions in halves]))} "
            f"posts F1 {mean([posts for posts, _ in halves]).f1:.3f}"
        )
    others = [Trial.prepare(one, analyser) for other in more for one in load(other)]
    taste.report([*trials, *others])


def _text(measures: Measures) -> str:
    m = measures
    return f"mentions P {m.precision:.3f} R {m.recall:.3f} F0.5 {m.f05:.3f}"


def _replay(trial: Trial, most: int, *, turns: bool) -> list[Judged]:
    times: defaultdict[int, list[datetime]] = defaultdict(list)
    judged = []
    for day, query in enumerate(sorted(trial.community.judgments)):
        now = START + timedelta(days=day)
        answer = trial.answer(query)
        lately = {who: [at for at in held if at > now - LATELY] for who, held in times.items()}
        calls = in_turn(answer.calls, lately) if turns else answer.calls
        calls = calls[:most]
        for call in calls:
            times[call.id].append(now)
        judged.append(trial.judge(query, replace(answer, calls=calls))[1])
    return judged


def _half(trial: Trial, half: int, askers: int) -> tuple[Measures, Measures]:
    queries = sorted(trial.community.judgments)
    labels = list(_labels(trial, queries[1 - half :: 2] * askers))
    weights: dict[str, float] = {}
    for _ in range(LESSONS):
        weights = next_weights(gather(labels), weights)
    pairs = [trial.judge(query, _answer(trial, query, weights)) for query in queries[half::2]]
    return measure([posts for posts, _ in pairs]), measure([calls for _, calls in pairs])


def _answer(trial: Trial, query: str, weights: Mapping[str, float]) -> Answer:
    plain = trial.ranked(query)
    analysis = trial.posts[query]
    posts, members = (reweighted(analysis, side, weights) for side in (plain.posts, plain.members))
    return trial.decide(query, Ranking(posts, members), FITTED)


def _labels(trial: Trial, queries: Sequence[str]) -> Iterable[Labelled]:
    for at, query in enumerate(queries):
        answer = trial.answer(query)
        posts, members = trial.judge(query, answer)
        matches: list[Ranked | MentionCandidate] = [*answer.shown, *answer.calls[:SHOWN]]
        right = [one in posts.relevant for one in posts.answer]
        right += [one in members.relevant for one in members.answer[:SHOWN]]
        for match, good in zip(matches, right, strict=True):
            parts = parts_of(trial.posts[query], match.reasons)
            yield Labelled(at + 1, at, "said", good, parts)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
