"""The reverse WebSocket: the implementation dials our web server."""

import hmac
from dataclasses import dataclass

from loguru import logger
from starlette.websockets import WebSocket

from bot.channels.onebot.account import Role
from bot.channels.onebot.fields import as_person

_ROLES: dict[str, Role] = {"api": "api", "event": "event"}


@dataclass(frozen=True)
class Caller:
    """Who dials, as the headers say."""

    role: Role
    number: str | None


class Gate:
    """Lets in whoever knows the access token."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._told = False

    def admit(self, websocket: WebSocket) -> Caller | None:
        """The caller; None for a stranger."""
        if not self._knows(websocket):
            if not self._told:
                self._told = True
                logger.error(
                    "有 OneBot 连接带着错误的 access_token，已拒绝；请核对 NapCat 里的 Token"
                )
            return None
        self._told = False
        role = websocket.headers.get("x-client-role", "").strip().lower()
        number = as_person(websocket.headers.get("x-self-id", "").strip())
        return Caller(_ROLES.get(role, "universal"), number)

    def _knows(self, websocket: WebSocket) -> bool:
        if not self._token:
            # Without a token any web page that the operator opens could dial in from their
            # browser. A browser always says where it comes from, an implementation never does.
            return "origin" not in websocket.headers
        scheme, _, credential = websocket.headers.get("authorization", "").partition(" ")
        given = credential.strip() if scheme.lower() in ("bearer", "token") else ""
        given = given or websocket.query_params.get("access_token", "")
        return hmac.compare_digest(given.encode(), self._token.encode())
