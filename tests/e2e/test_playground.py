"""The playground beside the console, in a start with the defaults."""

import contextlib
import re
import socket

import pytest

from tests.e2e.conftest import NewBot

pytestmark = [pytest.mark.anyio, pytest.mark.process]


async def test_links_lead_to_the_port_that_was_taken(new_bot: NewBot) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # another test has it just now
            taken.bind(("127.0.0.1", 8080))
            taken.listen()
        is_ours = taken.getsockname()[1] == 8080
        status, out, err = await new_bot().command(
            "run", stdin="张三: #need 找一位会报税的会计\n张三（私聊）: #登录\n"
        )
    assert status == 0, err
    told = re.search(r"试玩：在浏览器里打开 (http://127\.0\.0\.1:(\d+))/play\n", err)
    assert told is not None, err
    assert not (is_ours and told[2] == "8080")
    assert "已记下 #1 需求" in out  # the samples are not in the console's community
    assert f"{told[1]}/c/laoyou/enter/" in out
