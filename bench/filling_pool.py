"""What is listed while a pool fills up: python -m bench.filling_pool DIR [DIR …].

Whoever posts early finds a nearly empty shelf, and mostly nothing that fits. Here every post is
made in turn and sees only those before it, as in the life of a group; it is right to list one
when either of the two was judged right for the other.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.evaluate import load
from matching import Analyser
from matching.evaluation import Trial
from matching.metrics import Judged, mean, measure


def main(folders: Sequence[Path]) -> None:
    """One line for each community, and the mean of each folder."""
    analyser = Analyser()
    for folder in folders:
        measured = []
        for community in load(folder):
            found = measure(judged(Trial.prepare(community, analyser)))
            measured.append(found)
            _print(community.name, found.as_dict())
        _print("mean", mean(measured).as_dict())


def judged(whole: Trial) -> list[Judged]:
    """The answers to all posts, each as it would have been when it was made."""
    so_far = Trial(whole.community, members=whole.members, author=whole.author)
    answers = []
    for post, analysis in whole.posts.items():
        so_far.posts[post] = analysis
        shown = [f"p{one.id:03d}" for one in so_far.answer(post).shown]
        there = (other for other in so_far.posts if whole.author[other] != whole.author[post])
        answers.append(Judged(shown, frozenset(o for o in there if _fit(whole, post, o))))
    return answers


def _fit(trial: Trial, one: str, other: str) -> bool:
    grades = trial.community.judgments
    return grades.get(one, {}).get(other, 0) > 0 or grades.get(other, {}).get(one, 0) > 0


def _print(name: str, measures: dict[str, float]) -> None:
    row = " ".join(f"{key} {value:.3f}" for key, value in measures.items())
    print(f"{name:9} {row}")  # noqa: T201


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
