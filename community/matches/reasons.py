"""Reasons in as few words as say why."""

from collections.abc import Sequence

from matching import Reason

SAME = 0.9  # nearness from which two words mean the same


def because(reasons: Sequence[Reason]) -> str:
    """The two best words that are the same on both sides, or else the best likeness."""
    same = dict.fromkeys(reason.text for reason in reasons if reason.near >= SAME)
    alike = [reason.text for reason in reasons]
    return "、".join(list(same)[:2] or alike[:1])
