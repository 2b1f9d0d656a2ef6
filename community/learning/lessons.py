"""Lessons: a community's weights, made of its labels, kept version by version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session

from community.learning import tuning
from community.learning.bounds import next_weights
from community.learning.evidence import Labelled, gather
from community.settings import Settings
from storage.queries import chores, communities, counters
from storage.queries.learning import labels
from storage.queries.learning import lessons as queries
from storage.tables import Label, Lesson

_CHORE = "learn"
_HOUR = time(4)  # when nobody posts, where the community lives


@dataclass(frozen=True)
class Change:
    """How much the words count before and after; what is not in a map counts in full."""

    number: int | None  # of the lesson that holds now; None when none was ever made
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def words(self) -> list[str]:
        """The terms that change."""
        every = sorted(self.before.keys() | self.after.keys())
        return [one for one in every if self.before.get(one, 1.0) != self.after.get(one, 1.0)]


def propose(session: Session, *, community_id: str) -> Change:
    """What the next lesson would change; nothing is stored."""
    made = queries.all_of(session, community_id=community_id)
    current = _current(made)
    before = {} if current is None else dict(current.weights)
    said = [labelled(one) for one in labels.all_of(session, community_id=community_id)]
    after = next_weights(gather(said, _void(made)), before)
    return Change(None if current is None else current.id, before, after)


def learn(session: Session, *, community_id: str, now: datetime) -> Change:
    """Make a lesson if it changes anything. Call it with the community locked."""
    change = propose(session, community_id=community_id)
    if not change.words:
        return change
    said = labels.all_of(session, community_id=community_id)
    lesson = Lesson(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="lesson"),
        weights=dict(change.after),
        last_label_id=said[-1].id if said else 0,
        created_at=now,
    )
    session.add(lesson)
    session.flush()
    return Change(lesson.id, change.before, change.after)


def roll_back(session: Session, *, community_id: str) -> Change | None:
    """Withdraw the lesson that holds; the one before it holds again. None: there is none.

    What the withdrawn lesson was made of counts no more for the words that it changed, so that
    the next lesson is not the same again. Call it with the community locked.
    """
    current = queries.current(session, community_id=community_id)
    if current is None:
        return None
    current.withdrawn = True
    session.flush()
    former = queries.current(session, community_id=community_id)
    weights = {} if former is None else dict(former.weights)
    return Change(None if former is None else former.id, dict(current.weights), weights)


def due(session: Session, *, among: Iterable[Settings], now: datetime) -> list[Settings]:
    """Those that have not learned since the last night, in the same order."""
    done = chores.times(session, name=_CHORE)
    return [one for one in among if one.id not in done or done[one.id] < _last_night(one, now)]


def tick(session: Session, *, settings: Settings, now: datetime) -> None:
    """The community learns once a night. A second run finds it done."""
    here, moment = settings.id, _last_night(settings, now)
    communities.lock(session, community_id=here)
    if chores.take(session, community_id=here, name=_CHORE, moment=moment, now=now):
        learn(session, community_id=here, now=now)
        tuning.learn_if_due(session, community_id=here, now=now)


def labelled(label: Label) -> Labelled:
    """The label as the pure part takes it."""
    return Labelled(label.id, label.by_id, label.source, label.good, label.parts)


def _current(made: Sequence[Lesson]) -> Lesson | None:
    return next((one for one in reversed(made) if not one.withdrawn), None)


def _void(made: Sequence[Lesson]) -> list[tuple[str, int]]:
    """For which words the labels up to which number count no more."""
    void = []
    for place, one in enumerate(made):
        if one.withdrawn:
            former = _former(made, place)
            changed = one.weights.keys() | former.keys()
            void += [
                (term, one.last_label_id)
                for term in changed
                if one.weights.get(term, 1.0) != former.get(term, 1.0)
            ]
    return void


def _former(made: Sequence[Lesson], place: int) -> Mapping[str, float]:
    """What held when the lesson was made and holds again after it was withdrawn."""
    before = _current(made[:place])
    return {} if before is None else before.weights


def _last_night(settings: Settings, now: datetime) -> datetime:
    local = now.astimezone(settings.zone)
    moment = local.replace(hour=_HOUR.hour, minute=0, second=0, microsecond=0)
    return moment if moment <= local else moment - timedelta(days=1)
