"""What ``laoyou doctor`` tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Ok or not, what it is, and how to mend it.

    ``missed``: a group in which this account is not. Where several have the same groups, it is no
    trouble if another one is in it.
    """

    ok: bool
    text: str
    mend: str = ""
    missed: str = ""

    @classmethod
    def wrong(cls, text: str, *, about: str = "", mend: str = "") -> "Finding":
        """Of a sentence that says what is wrong and, behind a colon, what to do; else ``mend``."""
        trouble, _, then = text.partition("：")
        return cls(ok=False, text=about + trouble, mend=then or mend)
