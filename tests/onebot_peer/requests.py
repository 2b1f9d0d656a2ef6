"""API calls that the bot made, with what a test wants to know of them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """One call."""

    action: str
    params: dict[str, Any]

    @property
    def text(self) -> str:
        """The words of a message that it sends; an @ shows as ``@<number>``."""
        return "".join(_words(row) for row in self.params.get("message", ()))

    def data(self, kind: str) -> list[dict[str, Any]]:
        """The data of its segments of one type."""
        return [row["data"] for row in self.params.get("message", ()) if row["type"] == kind]


def _words(segment: dict[str, Any]) -> str:
    match segment["type"]:
        case "text":
            return str(segment["data"]["text"])
        case "at":
            return f"@{segment['data']['qq']}"
    return ""
