"""Addresses of groups and accounts, as config.yaml writes them."""

import re

GROUP_CHANNELS = ("console", "onebot", "wechaty")
ACCOUNT_CHANNELS = (*GROUP_CHANNELS, "mail")
_WIDE_QUOTES = ("“", "”", "‘", "’", "＂")


def group(address: str) -> str:
    """The address of a group; a ValueError says what was expected."""
    return _checked(address, GROUP_CHANNELS, "onebot:12345678")


def account(address: str) -> str:
    """The address of a person; a ValueError says what was expected."""
    return _checked(address, ACCOUNT_CHANNELS, "onebot:10001")


def _checked(address: str, channels: tuple[str, ...], example: str) -> str:
    channel, colon, rest = address.strip().partition(":")
    if channel.startswith(_WIDE_QUOTES):
        raise ValueError(f'的引号应为半角，写成 "{example}" 的样子')
    if "：" in channel:
        raise ValueError(f"的冒号应为半角“:”，写成 {example} 的样子")
    if not colon:
        raise ValueError(f"应带渠道前缀，写成 {example} 的样子")
    if channel not in channels:
        raise ValueError(f"的渠道前缀应为 {'、'.join(channels)} 之一")
    if not rest.strip():
        raise ValueError(f"冒号后面应有号码或名字，写成 {example} 的样子")
    if channel == "onebot" and not re.fullmatch(r"[0-9]+", rest):
        raise ValueError(f"冒号后面应为 QQ 号或群号（数字），写成 {example} 的样子")
    return f"{channel}:{rest.strip()}"
