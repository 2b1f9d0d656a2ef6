"""Weights of a community's own, made of its labels, kept try by try."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from community.learning.evidence import HALF
from community.learning.match_features import values_of
from matching import FITTED, Weights
from matching.feature_version import weights_version
from matching.tuning import BIAS, MODELS, Labelled, Step, refit, tuned
from storage.queries import counters
from storage.queries.learning import labels, tunings
from storage.tables import Label, Tuning

LEAST = 100  # labels before anything is tried
LEAST_FOR_DIRECTIONS = 200  # of fewer only the level is learned
LEAST_EACH = 20  # of good ones, and of bad ones
LEAST_PEOPLE = 8
MOST_OF_ONE = 20  # labels of one member count as so many at most
AGAIN = 50  # new labels before the next try
_NEWEST = 600  # older ones have had their say, and a fit shall take seconds


@dataclass(frozen=True)
class Trial:
    """What the labels ask for. ``step`` is None when there are too few, or none since the last."""

    labels: int
    new: int
    last_label_id: int
    step: Step | None

    @property
    def gains(self) -> dict[str, dict[str, float]]:
        """How much held-out labels bear it out, as JSON."""
        if self.step is None:
            return {}
        return {"directions": asdict(self.step.directions), "level": asdict(self.step.level)}


def shifted(shifts: Mapping[str, Mapping[str, float]] | None, *, made_for: str | None) -> Weights:
    """The shipped weights, shifted as far as the shifts were made for them."""
    return tuned(FITTED, shifts) if shifts and _hold(made_for) else FITTED


def in_force(session: Session, *, community_id: str) -> Tuning | None:
    """What holds, if it shifts anything, and what it shifts is what is shipped still."""
    held = tunings.current(session, community_id=community_id)
    if held is None or not held.shifts or not _hold(held.weights):
        return None
    return held


def _hold(made_for: str | None) -> bool:
    return made_for == weights_version(FITTED)


def attempt(session: Session, *, community_id: str) -> Trial:
    """What a refit would come to; nothing is stored."""
    made = tunings.all_of(session, community_id=community_id)
    void = max((one.last_label_id for one in made if one.withdrawn), default=0)
    told = [one for one in labels.all_of(session, community_id=community_id) if one.id > void]
    labelled = evidence(told)
    last = max((one.last_label_id for one in made), default=0)
    newest = told[-1].id if told else 0
    new = sum(one.id > last for one in told)
    step = None
    if new and is_enough(labelled, told):
        held = in_force(session, community_id=community_id)
        shifted = {name for one in (held.shifts if held else {}).values() for name in one}
        step = refit(
            FITTED,
            labelled,
            directions=sum(one.weight for one in labelled) >= LEAST_FOR_DIRECTIONS,
            kept=(bool(shifted - {BIAS}), bool(shifted)),
        )
    return Trial(len(labelled), new, newest, step)


def learn(session: Session, *, community_id: str, now: datetime) -> Trial:
    """Try, and keep what came of it. Call it with the community locked."""
    trial = attempt(session, community_id=community_id)
    if trial.step is None:
        return trial
    tuning = Tuning(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="tuning"),
        shifts={model: dict(shifts) for model, shifts in trial.step.shifts.items()},
        weights=weights_version(FITTED),
        labels=trial.labels,
        last_label_id=trial.last_label_id,
        gains=trial.gains,
        created_at=now,
    )
    session.add(tuning)
    session.flush()
    return trial


def learn_if_due(session: Session, *, community_id: str, now: datetime) -> None:
    """The nightly try: only when enough was said since the last one, taken or not.

    Each try is a chance to be wrong. Call it with the community locked.
    """
    made = tunings.all_of(session, community_id=community_id)
    last = max((one.last_label_id for one in made), default=0)
    if labels.count_after(session, community_id=community_id, after=last) >= AGAIN:
        learn(session, community_id=community_id, now=now)


def roll_back(session: Session, *, community_id: str) -> Tuning | None:
    """Withdraw the weights that hold, and the labels they were made of; None: the shipped ones do.

    Call it with the community locked.
    """
    held = tunings.current(session, community_id=community_id)
    if held is None or not held.shifts:
        return None
    held.withdrawn = True
    session.flush()
    return held


def evidence(told: Iterable[Label]) -> list[Labelled]:
    """The labels that say something of features: one for a match and member, his last word."""
    best: dict[tuple[int, int | None, int | None, int], Label] = {}
    for one in sorted(told, key=lambda label: (label.source == "said", label.id)):
        if values_of(one.features) is not None:
            best[one.post_id, one.target_post_id, one.target_member_id, one.by_id] = one
    kept = sorted(best.values(), key=lambda label: label.id)[-_NEWEST:]
    voices = Counter(one.by_id for one in kept)
    return [_labelled(one, min(1.0, MOST_OF_ONE / voices[one.by_id])) for one in kept]


def _labelled(label: Label, share: float) -> Labelled:
    model, features = values_of(label.features) or (MODELS[0], {})
    weight = share / 2 if label.source in HALF else share
    return Labelled(model, features, label.good, weight, label.post_id, label.source == "said")


def is_enough(labelled: Sequence[Labelled], told: Iterable[Label]) -> bool:
    """Of both outcomes, and of several people."""
    good = sum(one.weight for one in labelled if one.right)
    bad = sum(one.weight for one in labelled if not one.right)
    people = {one.by_id for one in told if values_of(one.features) is not None}
    return good + bad >= LEAST and min(good, bad) >= LEAST_EACH and len(people) >= LEAST_PEOPLE
