"""What the operator is told: one line for each change of state."""

import io
from typing import Literal

import qrcode
from loguru import logger

State = Literal["connecting", "waiting", "scan", "up", "logged out", "down", "refused"]

REASONS = {
    "token": "网关不接受这个 token：请与启动网关时设的 token 核对",
    "tls": (
        "网关要求 TLS，而 python-wechaty 只会明文 gRPC："
        "请给网关设环境变量 WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_SERVER=true 再启动"
    ),
    "stranger": (
        "这个端口上的不是能用的 Wechaty 网关："
        "请用 wechaty-puppet-service 0.25.x 或 1.x（wechaty/wechaty:0.65 或更新）"
    ),
}
"""Why a gateway cannot be used before somebody has changed something, by the child's word."""


class StatusLog:
    """Remembers the last state, so that what goes on as before is not told again."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._state: State | None = None
        self._told = ""
        self._code = ""

    def connecting(self) -> None:
        """For the first time, or after the gateway was lost."""
        if self._state is None:
            self._tell("connecting", "INFO", f"正在连接网关 {self._endpoint}")

    def waiting(self) -> None:
        """The gateway answers, but nobody is logged in and no code to scan has come."""
        if self._state != "scan":
            self._tell("waiting", "WARNING", "网关已连上，但微信还没有登录")

    def scan(self, code: str) -> None:
        """A code is to be scanned. A new one is drawn again: the old one is worth nothing."""
        if code and code != self._code:
            self._code = code
            words = f"等待扫码登录：请用手机微信扫描\n{drawn(code)}{code}"
            self._tell("scan", "WARNING", words)

    def up(self, line: str) -> None:
        """The account is logged in."""
        self._tell("up", "INFO", line)

    def logged_out(self) -> None:
        """The account has been logged out; the gateway is still there."""
        self._tell("logged out", "ERROR", "账号已退出登录，请到网关重新登录")

    def down(self, reason: str) -> None:
        """No gateway. It is tried again all the time."""
        if self._state != "down":
            self._tell("down", "WARNING", f"{reason}，将自动重连")

    def refused(self, why: str) -> None:
        """The gateway is there and cannot be used like this."""
        self._tell("refused", "ERROR", REASONS[why])

    def _tell(self, state: State, level: str, line: str) -> None:
        if (state, line) == (self._state, self._told):
            return
        self._state, self._told = state, line
        if state != "scan":
            self._code = ""
        logger.log(level, "微信：{}", line)


def drawn(text: str) -> str:
    """A QR code for a terminal, light on dark."""
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    paper = io.StringIO()
    code.print_ascii(out=paper, invert=True)
    return paper.getvalue()
