"""Accounts as people write them into a roster."""

import re
import unicodedata

CHANNELS = ("console", "onebot", "wechaty", "mail")
LONGEST = 128
_ALIASES = {"qq": "onebot", "微信": "wechaty", "微信号": "wechaty", "wechat": "wechaty"}
_BETWEEN = re.compile(r"[\s,，、;；]+")
_POWER = re.compile(r"[0-9.]+e\+?[0-9]+", re.IGNORECASE)
_WHOLE = re.compile(r"0*([0-9]+?)(?:\.0*)?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class BadAccountError(ValueError):
    """What is wrong with an account, and what was expected."""


def addresses(text: str, channel: str = "") -> tuple[list[str], list[str]]:
    """The addresses in a cell, and what is wrong with those that are none.

    ``channel`` is meant where none is written.
    """
    found, problems = [], []
    for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)):
        if not part.strip("'"):
            continue
        try:
            found.append(_address(part.strip("'"), channel))
        except BadAccountError as error:
            problems.append(str(error))
    return list(dict.fromkeys(found)), problems


def _address(part: str, channel: str) -> str:
    prefix, colon, rest = part.partition(":")
    if colon:
        prefix = prefix.casefold()
        channel, part = _ALIASES.get(prefix, prefix), rest
        if channel not in CHANNELS:
            raise BadAccountError(f"「{prefix}:{rest}」的渠道前缀应为 {'、'.join(CHANNELS)} 之一")
    if not channel:
        raise BadAccountError(f"「{part}」缺少渠道前缀，应写成 onebot:10001 或 wechaty:wxid_abc")
    if not part:
        raise BadAccountError(f"「{channel}:」后面应有号码或名字")
    address = f"{channel}:{_checked(part, channel)}"
    if len(address) > LONGEST:
        raise BadAccountError(f"「{address[:20]}…」太长，最多 {LONGEST} 字")
    return address


def _checked(part: str, channel: str) -> str:
    if channel == "onebot":
        return _number(part)
    if channel == "mail":
        if not _MAIL.fullmatch(part):
            raise BadAccountError(f"「{part}」不是邮箱地址，应写成 name@example.com")
        return part.casefold()
    return part


def _number(part: str) -> str:
    """A QQ number; spreadsheets turn it into 10001.0, put zeros before it, or spoil it."""
    if _POWER.fullmatch(part):
        raise BadAccountError(
            f"「{part}」是被表格软件改成科学计数的 QQ 号，请把这一列设为文本，重新填写后再导出"
        )
    whole = _WHOLE.fullmatch(part)
    if whole is None:
        raise BadAccountError(f"「{part}」不是 QQ 号，应为数字，例如 10001")
    return whole[1]
