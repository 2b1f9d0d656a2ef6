"""The page that Prometheus reads. Loaded when somebody asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from typing_extensions import override

from bot.metrics.counters import BOUNDS, Histogram
from bot.metrics.snapshot import Snapshot, Stored
from storage.queries.traffic.queue_depth import QueueDepth


def render(snapshot: Snapshot, accept: str) -> tuple[str, bytes]:
    """Content type and body, in the format that the reader wants."""
    registry = CollectorRegistry()
    registry.register(_SnapshotCollector(snapshot))
    ProcessCollector(registry=registry)
    encode, content_type = choose_encoder(accept)
    return content_type, encode(registry)


class _SnapshotCollector(Collector):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @override
    def collect(self) -> Iterable[Metric]:
        yield from _messages(self._snapshot)
        yield from _channels(self._snapshot)
        yield from _ticks(self._snapshot)
        up = self._snapshot.stored is not None
        yield GaugeMetricFamily("laoyou_database_up", "1: the database answers", up)
        if self._snapshot.stored is not None:
            yield from _stored_counts(self._snapshot.stored, self._snapshot.now)


def _messages(snapshot: Snapshot) -> Iterator[Metric]:
    counters = snapshot.counters
    yield _counts("laoyou_updates_received", "What came in from channels", counters.received)
    yield _counts(
        "laoyou_messages_handled",
        "Messages that were for the bot, and whatever failed",
        counters.handled,
    )
    yield _times("laoyou_reply_stored_seconds", "From receipt to a stored reply", counters.stored)
    yield _times("laoyou_reply_sent_seconds", "From receipt to a sent reply", counters.answered)
    yield _counts("laoyou_sends", "Actions carried out on channels", counters.sends)
    busy = snapshot.longest_handling.total_seconds()
    yield GaugeMetricFamily("laoyou_handler_busy_seconds", "Longest handler at work", busy)


def _channels(snapshot: Snapshot) -> Iterator[Metric]:
    connected = GaugeMetricFamily(
        "laoyou_channel_connected", "1: connected to its platform", labels=["channel"]
    )
    paused = GaugeMetricFamily(
        "laoyou_channel_paused", "1: its breaker is open after failures", labels=["channel"]
    )
    for name, is_connected in snapshot.connected.items():
        connected.add_metric([name], is_connected)
        paused.add_metric([name], name in snapshot.halted)
    yield from (connected, paused)


def _ticks(snapshot: Snapshot) -> Iterator[Metric]:
    last = GaugeMetricFamily(
        "laoyou_tick_last_success_timestamp_seconds", "When it ended well", labels=["tick"]
    )
    failures = CounterMetricFamily("laoyou_tick_failures", "How often it failed", labels=["tick"])
    for name, runs in list(snapshot.counters.ticks.items()):
        if runs.last is not None:
            last.add_metric([name], runs.last.timestamp())
        failures.add_metric([name], runs.failures)
    yield from (last, failures)


def _stored_counts(stored: Stored, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily("laoyou_inbox_waiting", "Not handled yet", stored.inbox.count)
    age = _age(stored.inbox, now)
    yield GaugeMetricFamily("laoyou_inbox_oldest_seconds", "Age of the oldest of them", age)
    count = GaugeMetricFamily("laoyou_outbox_waiting", "Not sent yet", labels=["channel"])
    oldest = GaugeMetricFamily(
        "laoyou_outbox_oldest_seconds", "Age of the oldest of them", labels=["channel"]
    )
    for name, waiting in (stored.outbox or {}).items():
        count.add_metric([name], waiting.count)
        oldest.add_metric([name], _age(waiting, now))
    yield from (count, oldest)
    yield CounterMetricFamily("laoyou_matches_listed", "Matches shown", stored.listed)
    yield CounterMetricFamily("laoyou_members_mentioned", "Real @ in groups", stored.mentioned)


def _age(waiting: QueueDepth, now: datetime) -> float:
    return max(0.0, (now - waiting.oldest).total_seconds()) if waiting.oldest else 0.0


def _counts(name: str, text: str, counts: Mapping[tuple[str, str], int]) -> Metric:
    family = CounterMetricFamily(name, text, labels=["channel", "result"])
    for labels, count in list(counts.items()):
        family.add_metric(labels, count)
    return family


def _times(name: str, text: str, histograms: Mapping[str, Histogram]) -> Metric:
    family = HistogramMetricFamily(name, text, labels=["channel"])
    bounds = [*map(str, map(float, BOUNDS)), "+Inf"]
    for channel, histogram in list(histograms.items()):
        buckets = list(zip(bounds, accumulate(histogram.counts), strict=True))
        family.add_metric([channel], buckets, sum_value=histogram.total)
    return family
