"""The findings of ``laoyou doctor``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Ok or not, what it is, and how to fix it.

    ``missed``: a group in which this account is not. Where several have the same groups, it is no
    trouble if another one is in it.
    """

    ok: bool
    text: str
    fix: str = ""
    missed: str = ""

    @classmethod
    def wrong(cls, text: str, *, about: str = "", fix: str = "") -> "Finding":
        """Of a sentence that says what is wrong and, behind a colon, the fix; else ``fix``."""
        trouble, _, then = text.partition("：")
        return cls(ok=False, text=about + trouble, fix=then or fix)
