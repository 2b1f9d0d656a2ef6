"""Messages of which nothing is kept: the rate limit counts them too, and none is heard twice.

In memory alone, for that is what not keeping means: a restart forgets them.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from threading import Lock

from community.updates import Message

_REMEMBERED = timedelta(hours=1)


class Forgotten:
    """Who said such things when, was refused when, and by which keys they came. Asked by worker
    threads.
    """

    def __init__(self) -> None:
        self._said: defaultdict[tuple[str, bool], list[datetime]] = defaultdict(list)
        self._keys: dict[tuple[str, str], datetime] = {}
        self._lock = Lock()

    def note(self, message: Message, *, at: datetime, slowed: bool) -> None:
        """It has been handled, and the row that tells so is blank."""
        with self._lock:
            self._said[message.sender.account, slowed].append(at)
            self._keys = {one: when for one, when in self._keys.items() if at - when < _REMEMBERED}
            self._keys[message.channel, message.key] = at

    def count(self, account: str, *, since: datetime, slowed: bool) -> int:
        """How many since then; what is older is dropped."""
        with self._lock:
            kept = [at for at in self._said.pop((account, slowed), ()) if at >= since]
            if kept:
                self._said[account, slowed] = kept
            return len(kept)

    def knows(self, message: Message) -> bool:
        """It has come before."""
        return (message.channel, message.key) in self._keys
