"""The configuration: whether it can be read, and whether its parts fit together."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import Config, ConfigError, OneBotConfig, WechatyConfig, load
from bot.finding import Finding

SHORTEST_TOKEN = 8
_HERE = ("127.0.0.1", "localhost", "::1", "0.0.0.0", "::")


def read(path: Path | None) -> tuple[Config | None, list[Finding]]:
    """The configuration, and which file it came from; or what is wrong with it."""
    try:
        config = load(path)
    except ConfigError as error:
        fix = "改好后再运行 laoyou doctor"
        return None, [Finding(ok=False, text=line, fix=fix) for line in error.text.splitlines()]
    if config.file is None:
        return config, [Finding(ok=True, text="配置：没有 config.yaml，用内置的默认配置")]
    return config, [Finding(ok=True, text=f"配置：{config.file.absolute()}")]


def check(config: Config) -> list[Finding]:
    """What is allowed, but will not work well."""
    return [*_tokens(config), *_addresses(config), *_links(config)]


def _links(config: Config) -> Iterator[Finding]:
    """Members get links; who only tries the bot out is on this machine himself."""
    if not config.is_trial and urlsplit(config.web.public_url).hostname in _HERE:
        text = f"网页：给成员的链接以 {config.web.public_url} 开头，只有这台机器打得开"
        fix = "要给成员用：放一个代理，写上 web.public_url，见 docs/operations.zh-CN.md"
        yield Finding(ok=True, text=text, fix=fix)


def _tokens(config: Config) -> Iterator[Finding]:
    for channel in config.channels:
        match channel:
            case OneBotConfig(access_token=secret):
                yield from _token(f"{channel.type}.access_token", len(secret or ""))
            case WechatyConfig(token=secret):
                yield from _token(f"{channel.type}.token", len(secret))


def _token(name: str, length: int) -> Iterator[Finding]:
    if length == 0:
        return  # the channel itself says whether it can do without
    if length >= SHORTEST_TOKEN:
        yield Finding(ok=True, text=f"令牌：{name} 有 {length} 个字符")
        return
    fix = f"换成至少 {SHORTEST_TOKEN} 个字符的随机文字，两边一起改"
    yield Finding(ok=False, text=f"令牌：{name} 只有 {length} 个字符，容易被猜到", fix=fix)


def _addresses(config: Config) -> Iterator[Finding]:
    spoken = {channel.type for channel in config.channels}
    for group in config.all_groups:
        channel = group.partition(":")[0]
        if channel not in spoken:
            fix = f"在 channels 里加上 type: {channel}，或从 communities 里删掉这个群"
            yield Finding(ok=False, text=f"群 {group}：没有配置 {channel} 渠道", fix=fix)
    for community in config.communities:
        if not community.groups:
            fix = "在 groups 里写上群，例如 onebot:群号"
            yield Finding(ok=False, text=f"社群 {community.id}：一个群也没有", fix=fix)
        if not community.admins:
            fix = "在 admins 里写上管理员，例如 onebot:QQ号"
            yield Finding(ok=False, text=f"社群 {community.id}：没有管理员", fix=fix)
