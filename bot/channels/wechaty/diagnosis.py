"""What answers at the endpoint, when it is not quite what was expected. In the child process."""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import betterproto
from grpclib.client import Channel, UnaryUnaryMethod
from grpclib.const import Status
from grpclib.exceptions import GRPCError

Generation = Literal["0.x", "1.x"]


@dataclass
class Nothing(betterproto.Message):
    """A message whose fields do not matter."""


async def generation(channel: Channel) -> Generation:
    """Which generation of wechaty-puppet-service answers: only the newer ones have a health check.

    Raises GRPCError when the question itself is refused.
    """
    check = UnaryUnaryMethod(channel, "/grpc.health.v1.Health/Check", Nothing, Nothing)
    try:
        await check(Nothing())
    except GRPCError as error:
        if error.status is Status.UNIMPLEMENTED:
            return "0.x"
        raise
    return "1.x"


async def speaks_tls(endpoint: str, max_wait: float) -> bool:
    """Whether a TLS handshake succeeds there. Nothing is sent, so no certificate is looked at."""
    parts = urlsplit(f"//{endpoint}")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    try:
        async with asyncio.timeout(max_wait):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=context)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
