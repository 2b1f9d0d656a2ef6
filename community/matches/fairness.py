"""Whose turn it is: among those who fit about equally well, the one who was called least lately."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from matching import MentionCandidate

EQUALS = 0.95  # of the best chance; less than that is a worse match, not an equal one


def in_turn(
    calls: Sequence[MentionCandidate], lately: Mapping[int, Sequence[datetime]]
) -> list[MentionCandidate]:
    """The best first; equals by how often, then how long ago, ``lately`` says they were called.

    Nobody comes before somebody who fits clearly better, and the order hangs on nothing else.
    """
    left = sorted(calls, key=lambda call: (-call.score, -call.id))
    ordered: list[MentionCandidate] = []
    while left:
        floor = left[0].score * EQUALS
        equals = [call for call in left if call.score >= floor]
        left = left[len(equals) :]
        ordered += sorted(equals, key=lambda call: _weariness(lately.get(call.id, ())))
    return ordered


def _weariness(times: Sequence[datetime]) -> tuple[int, float]:
    return len(times), max((at.timestamp() for at in times), default=0.0)
