"""Checks of single values. A ValueError's text continues the key: "应为 …"."""

import difflib
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import SecretStr

_MAILBOX = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_CUT = re.compile(r"[a-z]+://[^/?#]*:[^/?#]*[/?#].*@")  # by a sign in the password
LEAST_DAYS_KEPT: Final = 365
_ALIKE = 0.8  # a misspelling; Asia/Beijing, which does not exist, is none of Asia/Brunei


def filled(text: str) -> str:
    """Something other than blanks."""
    if not text.strip():
        raise ValueError("不能是空的")
    return text.strip()


def token(secret: SecretStr) -> SecretStr:
    """Something that fits into a header of HTTP."""
    if re.search(r"[^!-~]", secret.get_secret_value()):
        raise ValueError("只能用英文字母、数字和符号，不能有空格")
    return secret


def filled_token(secret: SecretStr) -> SecretStr:
    """A token that is really there."""
    if not secret.get_secret_value():
        raise ValueError("不能是空的，请写 ${环境变量名} 并设置这个环境变量")
    return token(secret)


def long_token(secret: SecretStr) -> SecretStr:
    """A token that nobody guesses."""
    if len(secret.get_secret_value()) < 16:
        raise ValueError("应至少有 16 个字符，例如 openssl rand -hex 16 的输出")
    return token(secret)


def sealing_key(secret: SecretStr) -> SecretStr:
    """A key that nobody guesses."""
    if len(secret.get_secret_value()) < 32:
        raise ValueError("应至少有 32 个字符，例如 openssl rand -hex 32 的输出")
    return secret


def mail_address(text: str) -> str:
    """``a@b.c``, as letters are addressed."""
    if not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text.strip()):
        raise ValueError("应为邮箱地址，例如 ops@example.com")
    return text.strip()


def days_kept(days: int) -> int:
    """For ever, or a year and more: pages and statistics look back half a year."""
    if 0 < days < LEAST_DAYS_KEPT:
        raise ValueError(f"应为 0（一直留着）或至少 {LEAST_DAYS_KEPT}")
    return days


def identifier(text: str) -> str:
    """A short name that fits on a command line and into an address."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", text):
        raise ValueError("应由英文字母、数字、- 和 _ 组成，最多 40 个字符")
    return text


def timezone(text: str) -> str:
    """The name of a time zone whose data is present."""
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):  # OSError: the name is a folder of the zone data
        names = (one for one in available_timezones() if not re.search(r"\d", one))
        near = difflib.get_close_matches(text, names, n=1, cutoff=_ALIKE)
        hint = f"是不是 {near[0]}？" if near else "例如 Asia/Shanghai"
        raise ValueError(f"应为时区名，{hint}") from None


def websocket_url(text: str) -> str:
    """``ws://host:port`` or ``wss://…``."""
    return _url(text, ("ws", "wss"), "ws://127.0.0.1:3001")


def web_url(text: str) -> str:
    """``http(s)://host``, without the slash at its end."""
    return _url(text, ("http", "https"), "https://laoyou.example.com").rstrip("/")


def mail_url(secret: SecretStr) -> SecretStr:
    """``smtp(s)://user:password@host:port``, or nothing."""
    url = secret.get_secret_value()
    if _CUT.match(url):  # the user would be taken for the host, and be shown
        raise ValueError("的用户名或密码里有 /、? 或 #，要写成 %2F、%3F、%23")
    if url:
        _url(url, ("smtp", "smtps"), "smtp://user:pass@host:587")
    return secret


def mail_sender(text: str) -> str:
    """``a@b.c`` or ``名字 <a@b.c>``, or nothing."""
    name, address = split_sender(text)
    if text.strip() and (not address or re.search(r'[<>"\\\x00-\x1f\x7f]', name)):
        raise ValueError("应为 a@b.c 或 名字 <a@b.c> 的样子")
    return text.strip()


def split_sender(text: str) -> tuple[str, str]:
    """Name and address; both empty where there is no address."""
    found = re.fullmatch(rf"\s*(?:(.*?)\s*<({_MAILBOX})>|({_MAILBOX}))\s*", text)
    return (found[1] or "", found[2] or found[3]) if found else ("", "")


def endpoint(text: str) -> str:
    """``host:port`` of a service."""
    _host_port(text, "127.0.0.1:8788")
    return text


def listen(text: str) -> str:
    """``host:port`` to listen on; port 0 lets the system choose."""
    _host_port(text, "127.0.0.1:8080")
    return text


def split_listen(text: str) -> tuple[str, int]:
    """Host and port of a checked address."""
    return _host_port(text, "127.0.0.1:8080")


def _host_port(text: str, example: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    if not colon or not host or (":" in host and not bracketed) or re.search(r"[\s/@]", host):
        raise ValueError(f"应为 地址:端口，例如 {example}")
    if not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise ValueError("的端口应为 0 到 65535 的数字")
    return (host[1:-1] if bracketed else host), int(port)


def _url(text: str, schemes: tuple[str, ...], example: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        raise ValueError(
            f"应为 {' 或 '.join(f'{s}://' for s in schemes)} 开头的网址，例如 {example}"
        )
    return text


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    return None if re.search(r"\s", text) else parts
