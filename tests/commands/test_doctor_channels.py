"""laoyou doctor, where the groups are spread over several QQ accounts."""

from collections.abc import AsyncIterator

import pytest

from bot.checks.channels import check
from bot.config import Config
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio

HERE, THERE, NOWHERE = 600100, 600200, 600300


@pytest.fixture
async def peers() -> AsyncIterator[list[Peer]]:
    """Two accounts, each in a group of its own."""
    made = [Peer(number=10001000 + n) for n in range(2)]
    for peer, group in zip(made, (HERE, THERE), strict=True):
        peer.seat(group, peer.number, peer.stock.name)
    yield made
    for peer in made:
        await peer.close()


def config(urls: list[str]) -> Config:
    """A club whose groups are on these accounts."""
    groups = [f"onebot:{group}" for group in (HERE, THERE, NOWHERE)]
    return Config.model_validate(
        {
            "channels": [{"type": "onebot", "url": url, "access_token": "secret"} for url in urls],
            "communities": [{"id": "a", "name": "甲", "groups": groups}],
        }
    )


async def troubles(urls: list[str]) -> list[str]:
    """What is wrong."""
    return [found.text for found in await check(config(urls)) if not found.ok]


async def test_one_account_in_a_group_is_enough(peers: list[Peer]) -> None:
    urls = [await peer.listen() for peer in peers]
    assert await troubles(urls) == [f"QQ：登录账号不在群 {NOWHERE} 里"]
    assert await troubles(urls[:1]) == [
        f"QQ：登录账号不在群 {THERE} 里",
        f"QQ：登录账号不在群 {NOWHERE} 里",
    ]


async def test_who_is_away_may_be_in_any_group(peers: list[Peer]) -> None:
    urls = [await peer.listen() for peer in peers]
    await peers[1].close()
    assert await troubles(urls) == [f"QQ：连不上 {urls[1]}（端口上没有服务）"]
