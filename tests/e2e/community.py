"""A community of the development set, as people in a QQ group."""

import json
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.onebot_peer import Peer

DATA = Path(__file__).parents[2] / "bench" / "data"
GROUP = 600100
FIRST = 20000000  # m001 has the QQ number 20000001


@dataclass(frozen=True)
class Line:
    """Something to say in the group. ``post`` is the id of the post that it becomes."""

    user: int
    text: str
    expect: str
    post: str | None = None


class Community:
    """Its members, what they say, and how matches between them were judged."""

    def __init__(self, name: str, *, lines: int | None = None) -> None:
        """``lines``: so many of the chat, instead of all."""
        self.name = name
        self._most = lines
        self.members = _read(name, "members")
        self.posts = _read(name, "posts")
        self._chat = _read(name, "chat")
        self._grades: dict[tuple[str, str], int] = {
            (row["query"], row["target"]): row["grade"] for row in _read(name, "judgments")
        }

    def seat(self, peer: Peer) -> None:
        """Put everybody into the group."""
        peer.seat(GROUP, peer.number, "老友", role="admin")
        for row in self.members:
            peer.seat(GROUP, number(row["id"]), row["name"], card=row["group_nickname"])

    def roster(self, file: Path) -> Path:
        """Write the roster as an operator would have it."""
        rows = [{**row, "account": f"onebot:{number(row['id'])}"} for row in self.members]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    def lines(self) -> list[Line]:
        """All posts by their authors, with a line of chatter or of commands between them."""
        speakers = cycle(row["id"] for row in self.members)
        chat = [Line(number(next(speakers)), row["text"], row["expect"]) for row in self._chat]
        posts = [
            Line(number(row["author"]), f"#{row['kind']} {row['text']}", row["kind"], row["id"])
            for row in self.posts
        ]
        both = [line for pair in zip(posts, chat, strict=False) for line in pair]
        return [*both, *posts[len(chat) :], *chat[len(posts) :]][: self._most]

    def relevant(self, query: str, target: str) -> bool:
        """Whether a judge would show the one to who asks for the other."""
        grades = (self._grades.get((query, target), 0), self._grades.get((target, query), 0))
        return max(grades) > 0


def number(member: str) -> int:
    """m001 to a QQ number."""
    return FIRST + int(member.removeprefix("m"))


def member(qq: int) -> str:
    """A QQ number to m001."""
    return f"m{qq - FIRST:03}"


def _read(name: str, what: str) -> list[dict[str, Any]]:
    text = (DATA / name / f"{what}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
