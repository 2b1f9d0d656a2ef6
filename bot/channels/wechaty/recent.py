"""What was said lately: WeChat quotes by words alone, and the bot wants to know which message."""

import hashlib
from collections import OrderedDict, deque
from dataclasses import dataclass

_MESSAGES = 300  # of one conversation
_CONVERSATIONS = 1000
_LETTERS = 200  # of a message


@dataclass(frozen=True)
class Said:
    """One message, cut after some 200 characters."""

    id: str
    account: str
    name: str
    text: str


class Recent:
    """The last messages of each conversation, in memory alone."""

    def __init__(self) -> None:
        self._lanes: OrderedDict[str, deque[Said]] = OrderedDict()

    def note(self, lane: str, said: Said) -> None:
        """Somebody said something."""
        lanes = self._lanes.setdefault(lane, deque(maxlen=_MESSAGES))
        self._lanes.move_to_end(lane)
        if len(self._lanes) > _CONVERSATIONS:
            self._lanes.popitem(last=False)
        lanes.append(Said(said.id, said.account, said.name, _cut(said.text)))

    def by_id(self, lane: str, message_id: str) -> Said | None:
        """The message with this id."""
        return next((said for said in self._newest(lane) if said.id == message_id), None)

    def by_words(self, lane: str, name: str, text: str) -> Said | None:
        """The newest message with these words, of the person with this name if he said them; else
        of the only one who did, for friends are shown by a name that nobody else knows.
        """
        same = [said for said in self._newest(lane) if said.text == _cut(text)]
        alone = same[0] if len({said.account for said in same}) == 1 else None
        return next((said for said in same if said.name == name), alone)

    def _newest(self, lane: str) -> list[Said]:
        return list(reversed(self._lanes.get(lane, ())))


def made_up(lane: str, name: str, text: str) -> str:
    """An id for a message that has none: the same words give the same id."""
    digest = hashlib.sha256(f"{lane}\n{name}\n{_cut(text)}".encode())
    return f"~{digest.hexdigest()[:24]}"


def _cut(text: str) -> str:
    return " ".join(text.split())[:_LETTERS]
