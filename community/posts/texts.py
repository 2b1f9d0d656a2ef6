"""What may stand in a post, and what makes two of them the same."""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

from community.errors import UserError
from matching import fingerprint, title
from storage.tables import Post

LONGEST = 1_800  # characters
MOST_LINES = 18
TAGS: Mapping[str, str] = MappingProxyType({"need": "#求", "offer": "#供"})
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"need": "#求 找一位懂跨境电商的合伙人", "offer": "#供 办公桌六张，科技园自提"}
)


_TAGGED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "need": re.compile(r"[#＃]\s*(?:求|求购|求助|需求|需|need)(?:\s+|[:：]\s*)(?=\S)", re.I),
        "offer": re.compile(r"[#＃]\s*(?:供|提供|出|offer)(?:\s+|[:：]\s*)(?=\S)", re.I),
    }
)


def without_tag(text: str, *, kind: str) -> tuple[str, str]:
    """Kind and words of what is typed on a page as in the chat: there the tag tells the kind."""
    for said, tag in _TAGGED.items():
        if found := tag.match(text):
            return said, text[found.end() :]
    return kind, text


def check(text: str, *, kind: str, command: str | None = None) -> None:
    """Raises UserError with all that stands against the text; a long one is given back.

    It is given back behind its ``command`` (the tag of its kind), ready to be sent again.
    """
    words = fingerprint(text)
    if not words:
        raise UserError("还没写内容。", back=f"例如：{EXAMPLES[kind]}")
    if not any(sign.isalpha() for sign in words):
        raise UserError(
            f"只有「{text[:20]}」看不出要说什么，没有保存。", back=f"例如：{EXAMPLES[kind]}"
        )
    over = []
    if len(text) > LONGEST:
        over.append(f"超出 {len(text) - LONGEST} 字（最多 {LONGEST} 字）")
    lines = sum(1 for line in text.split("\n") if line.strip())  # blank ones only part the rest
    if lines > MOST_LINES:
        over.append(f"超出 {lines - MOST_LINES} 行（最多 {MOST_LINES} 行）")
    if over:
        raise UserError(
            f"太长了，{'，'.join(over)}，没有保存。",
            private=True,
            back=f"你的原文，改好再发：\n{command or TAGS[kind]} {text}",
        )


def identity(text: str) -> str:
    """The same for two texts that differ in nothing but signs, blanks, case and width."""
    return hashlib.sha256(fingerprint(text).encode()).hexdigest()


def write(post: Post, text: str) -> None:
    """Put the text into the post, with what is derived from it."""
    post.text, post.title, post.fingerprint = text, title(text), identity(text)


def mark(post: Post) -> str:
    """Another one as soon as a word of the post changes."""
    return hashlib.sha256(post.text.encode()).hexdigest()[:12]
