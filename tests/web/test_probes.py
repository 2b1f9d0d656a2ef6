"""Who may look behind the scenes."""

from typing import Any

import pytest

from web.probes import Probes

TOKEN = "0123456789abcdef"
HERE, ELSEWHERE = "127.0.0.1", "203.0.113.9"

pytestmark = pytest.mark.anyio


async def asked(
    path: str,
    *,
    peer: str | None = HERE,
    method: str = "GET",
    token: str = TOKEN,
    trouble: str = "",
    version: str = "1.1",
    **headers: str,
) -> str:
    """Status and text; empty when it is left to the pages."""
    sent: list[Any] = []

    async def wrong() -> str:
        return trouble

    async def metrics(accept: str) -> tuple[str, bytes]:
        return "text/plain", f"numbers {accept}".strip().encode()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "method": method,
        "path": path,
        "http_version": version,
        "client": None if peer is None else (peer, 4711),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }
    if not await Probes(wrong, metrics, token).answer(scope, send):
        assert sent == []
        return ""
    return f"{sent[0]['status']} {sent[1]['body'].decode().strip()}"


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
async def test_a_peer_on_the_same_machine(peer: str) -> None:
    assert await asked("/metrics", peer=peer, accept="x") == "200 numbers x"


@pytest.mark.parametrize("peer", [ELSEWHERE, "10.0.0.1", "::ffff:10.0.0.1", "", None, "nowhere"])
async def test_anybody_else_finds_nothing(peer: str | None) -> None:
    assert await asked("/metrics", peer=peer) == ""


@pytest.mark.parametrize(
    "header", ["x_forwarded_for", "x_real_ip", "forwarded", "x_forwarded_host", "via"]
)
async def test_whoever_comes_through_a_proxy_is_not_here(header: str) -> None:
    assert await asked("/metrics", **{header: HERE}) == ""


async def test_a_proxy_that_says_nothing_of_itself_is_not_here() -> None:
    assert await asked("/metrics", version="1.0") == ""


@pytest.mark.parametrize("given", [f"Bearer {TOKEN}", f"bearer  {TOKEN} "])
async def test_the_token_opens_from_everywhere(given: str) -> None:
    assert await asked("/metrics", peer=ELSEWHERE, authorization=given) == "200 numbers"
    proxied = await asked("/metrics", x_forwarded_for=ELSEWHERE, authorization=given)
    assert proxied == "200 numbers"


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", TOKEN, "Bearer é", f"Bearer {TOKEN}x"]
)
async def test_a_wrong_token_does_not(given: str) -> None:
    assert await asked("/metrics", peer=ELSEWHERE, authorization=given) == ""


async def test_no_token_is_no_empty_token() -> None:
    assert await asked("/metrics", peer=ELSEWHERE, token="", authorization="Bearer ") == ""


async def test_why_is_told_to_friends_only() -> None:
    assert await asked("/healthz", peer=ELSEWHERE) == "200 ok"
    assert await asked("/healthz", trouble="database") == "503 database"
    assert await asked("/healthz", peer=ELSEWHERE, trouble="database") == "503 unavailable"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/healthz"), ("GET", "/healthz/"), ("GET", "/"), ("PUT", "/metrics")],
)
async def test_the_rest_is_for_the_pages(method: str, path: str) -> None:
    assert await asked(path, method=method) == ""
