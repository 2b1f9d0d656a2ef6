"""A stand-in for NapCat: speaks OneBot v11 over real WebSockets, in both directions."""

from tests.onebot_peer.answers import SILENCE, Reply, failed, ok
from tests.onebot_peer.peer import Peer
from tests.onebot_peer.requests import Request

__all__ = ["SILENCE", "Peer", "Reply", "Request", "failed", "ok"]
