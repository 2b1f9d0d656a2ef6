"""What only shows when the sections are seen together."""

from collections.abc import Iterator

from bot.config.errors import Place, dotted
from bot.config.model import Config
from bot.config.sections import OneBotConfig

Contradiction = tuple[Place, str]
PLAYGROUND = "playground"  # the id of the community of its own


def contradictions(config: Config) -> Iterator[Contradiction]:
    """All contradictions, each with its place."""
    yield from _channels(config)
    yield from _communities(config)
    yield from _groups(config)
    yield from _playground(config)


def _channels(config: Config) -> Iterator[Contradiction]:
    if not config.channels:
        yield ("channels",), "channels 至少要有一个渠道，例如 - type: console"
    for n, channel in enumerate(config.channels):
        alike = [one for one in config.channels[:n] if one.type == channel.type]
        if alike and not all(
            isinstance(one, OneBotConfig) and one.url for one in (*alike, channel)
        ):
            hint = "（要几个 QQ 账号，每个都写 url）" if channel.type == "onebot" else ""
            yield ("channels", n), f"channels[{n}] 又是 {channel.type}，每种渠道只能有一个{hint}"
        if not isinstance(channel, OneBotConfig):
            continue
        if channel.url and channel.url in {getattr(one, "url", None) for one in alike}:
            yield ("channels", n, "url"), f"channels[{n}].url 重复了，每个 QQ 账号写一个"
        if not channel.url and channel.access_token is None:
            yield ("channels", n), f"channels[{n}] 缺少 access_token（由 OneBot 来连接时必须写明）"


def _communities(config: Config) -> Iterator[Contradiction]:
    if not config.communities:
        yield ("communities",), "communities 至少要有一个社群"
    only_console = all(channel.type == "console" for channel in config.channels)
    if "communities" not in config.model_fields_set and not only_console:
        yield ("channels",), "缺少 communities，请写明社群和它的群"
    seen: set[str] = set()
    for n, community in enumerate(config.communities):
        if community.id in seen:
            yield ("communities", n, "id"), f"communities[{n}].id 重复了，{community.id} 已经用过"
        seen.add(community.id)


def _groups(config: Config) -> Iterator[Contradiction]:
    """One group belongs to one community; its admin group may be one of its own groups."""
    owner: dict[str, tuple[int, Place]] = {}
    for n, community in enumerate(config.communities):
        places: list[tuple[str, Place]] = [
            (group, ("communities", n, "groups", m)) for m, group in enumerate(community.groups)
        ]
        if community.admin_group:
            places.append((community.admin_group, ("communities", n, "admin_group")))
        for group, place in places:
            first, before = owner.setdefault(group, (n, place))
            if first != n:
                other = config.communities[first].id
                yield (
                    place,
                    f"{dotted(place)} 的群 {group} 已经属于社群 {other}，一个群只能属于一个社群",
                )
            elif before != place and before[-2:-1] == place[-2:-1] == ("groups",):
                yield place, f"{dotted(place)} 的群 {group} 写了两次，请只留一个"


def _playground(config: Config) -> Iterator[Contradiction]:
    if config.web.playground and not config.is_trial:
        yield (
            ("web", "playground"),
            "web.playground 不能和真实渠道一起开：试玩页里谁都能扮成管理员，请删掉这一行",
        )
    for n, community in enumerate(config.communities):
        if config.has_playground and community.id == PLAYGROUND:
            yield (
                ("communities", n, "id"),
                f"communities[{n}].id 不能是 {PLAYGROUND}，它是试玩页用的，请换一个",
            )
