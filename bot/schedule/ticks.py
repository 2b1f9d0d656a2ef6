"""What is done when it is time: rows that are due are read from the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.analyser_reload import Analysers
from bot.clock import Clock
from bot.communities import Communities
from bot.config.sections import RetentionConfig
from bot.schedule.steps import Steps
from community.arrivals.ticking import tick as arrivals_tick
from community.due import Round
from community.events import strikes
from community.events.ticking import tick as events_tick
from community.introductions.chasing import tick as introductions_tick
from community.learning import lessons
from community.lookback.ticking import tick as lookback_tick
from community.mailing.ticking import MOST_AT_ONCE
from community.mailing.ticking import tick as mailing_tick
from community.membership.clock import tick as membership_tick
from community.pool import indexing
from community.posts import expiry, forgetting
from community.settings import Settings
from community.vetting import past_tries
from community.vetting.clock import tick as vetting_tick
from community.vetting.online.ticking import prune as forget_forms
from storage.database import Database
from storage.queries import anonymity, audit, retention
from storage.queries.learning import tips
from storage.queries.pool import matches
from storage.queries.traffic import inbox, outbox

Tick = Callable[[Round], int]

BATCH = 200  # rows of a transaction at most; ranking takes longer than the rest
LOOKBACK_BATCH = 10
PRUNE_BATCH = 2_000
KEEP_INBOX = timedelta(days=30)
KEEP_MATCHES = timedelta(days=180)  # after a post has ended; until then nothing is told twice
KEEP_OUTBOX = timedelta(days=180)  # quoting a receipt finds its post for as long as offers live


@dataclass(frozen=True)
class Ticks:
    """Each tick is one transaction for each of its steps, and gives the lanes with something to
    send.
    """

    database: Database
    communities: Communities
    analysers: Analysers
    clock: Clock
    proofs: Path | None = None  # where lies what applicants hand in
    retention: RetentionConfig = field(default_factory=RetentionConfig)
    steps: Steps = field(default_factory=Steps)

    def expire(self) -> set[str]:
        """Expiry notices and expiries that are due."""
        return self._run_in_batches(expiry.tick)

    def introduce(self) -> set[str]:
        """Introductions: those that nobody has answered, and what came of the others."""
        return self._run_in_batches(introductions_tick)

    def receive(self) -> set[str]:
        """Newcomers whose card is due to be looked at, or who have not come."""
        return self._run_in_batches(arrivals_tick)

    def vet(self) -> set[str]:
        """Applications: reminders, ends, and the morning list for the admins."""
        return self._run_in_batches(vetting_tick)

    def remind(self) -> set[str]:
        """Members: dues, probation, and the covenant that is not accepted yet.

        One community after the other: none waits until all of them have been reminded.
        """
        lanes: set[str] = set()
        for one in self._each(self.communities.by_id.values()):
            self._run_batch(membership_tick, BATCH, lanes, {one.id: one})
        return lanes

    def events(self) -> set[str]:
        """Events: reminders, seats that pass on, and who came."""
        return self._run_in_batches(events_tick)

    def mail(self) -> set[str]:
        """Letters that members asked for; a digest for thousands takes some minutes."""
        lanes: set[str] = set()
        left = MOST_AT_ONCE
        for size in self.steps.batch_sizes(BATCH):
            limit = min(size, left)
            done = self._run_batch(mailing_tick, limit, lanes)
            left -= done
            if not done or not left:
                break
        return lanes

    def _each(self, some: Iterable[Settings]) -> Iterator[Settings]:
        """One community after the other, until told to stop."""
        for one, _ in zip(some, self.steps.batch_sizes(1), strict=False):
            yield one

    def _run_in_batches(self, tick: Tick) -> set[str]:
        lanes: set[str] = set()
        for limit in self.steps.batch_sizes(BATCH):
            if not self._run_batch(tick, limit, lanes):
                break
        return lanes

    def index(self) -> set[str]:
        """Bring the search index to the present rules: after an import, an upgrade, new words."""
        for limit in self.steps.batch_sizes(BATCH):
            # Before each step: with words that are no more, two processes would undo each other's
            # work for ever.
            self.analysers.reload()
            with self.database.begin() as session:
                if not indexing.refresh(session, analyser=self.analysers.current, limit=limit):
                    break
        return set()

    def look_back(self) -> set[str]:
        """New profiles are held against open posts, and their authors hear of what fits."""
        lanes: set[str] = set()
        for limit in self.steps.batch_sizes(LOOKBACK_BATCH):
            if not self._run_batch(lookback_tick, limit, lanes):
                break
        return lanes

    def _run_batch(
        self,
        tick: Tick,
        limit: int,
        lanes: set[str],
        some: Mapping[str, Settings] | None = None,
    ) -> int:
        """One transaction, for ``some`` communities or all; gives how much was done in it."""
        with self.database.begin() as session:
            settings = self.communities.by_id if some is None else some
            now, analyser = self.clock.now(), self.analysers.current
            done = tick(Round(session, settings, analyser, now, limit))
            lanes |= outbox.touched(session)
        return done

    def learn(self) -> set[str]:
        """Each night, from what members said of matches: a fit keeps a community busy for long."""
        with self.database.read() as session:
            due = lessons.due(session, among=self.communities.by_id.values(), now=self.clock.now())
        for one in self._each(due):
            with self.database.begin() as session:
                lessons.tick(session, settings=one, now=self.clock.now())
        return set()

    def prune(self) -> set[str]:
        """Forget traffic of long ago, and what letters and pages need no more."""
        now = self.clock.now()
        self._prune_in_batches(partial(inbox.prune, now=now, keep=KEEP_INBOX))
        self._prune_in_batches(partial(outbox.prune, now=now, keep=KEEP_OUTBOX))
        for id_ in self.communities.by_id:
            for rows in (tips, matches):
                self._prune_in_batches(
                    partial(rows.prune, community_id=id_, before=now - KEEP_MATCHES)
                )
            self._forget(forgetting.prune, id_, self.retention.ended_posts_days)
            self._forget(audit.prune, id_, self.retention.audit_days)
        with self.database.begin() as session:
            retention.prune(session, now=now)
            strikes.prune(session, now=now)
            past_tries.prune(session, now=now)
            anonymity.drop_drafts(session, now=now)
            forget_forms(session, folder=self.proofs, now=now)
        return set()

    def _forget(self, prune: Callable[..., int], community_id: str, days: int) -> None:
        """What is older than the operator wants to keep; 0 days: nothing is."""
        if days:
            before = self.clock.now() - timedelta(days=days)
            self._prune_in_batches(partial(prune, community_id=community_id, before=before))

    def _prune_in_batches(self, forget: Callable[..., int]) -> None:
        for limit in self.steps.batch_sizes(PRUNE_BATCH):
            with self.database.begin() as session:
                if forget(session, limit=limit) < limit:
                    break
