"""A community's chat, played to a bot, and what the bot answered to each line."""

import re
from dataclasses import dataclass, field

from tests.e2e.community import GROUP, Community, Line
from tests.e2e.process import Laoyou
from tests.onebot_peer import Peer
from tests.onebot_peer.requests import Request

SAYS = {  # how the answer of each command begins
    "need": r"(已记下|和) #\d+.*需求：",
    "offer": r"(已记下|和) #\d+.*供给：",
    "find": r"和「.*」有关的：|没有找到和「|要找什么",
    "done": r"#\d+ (需求|供给)「.*办成了|#\d+ 是 .* 发的|你没有进行中的|是哪一条|没有 #\d+",
    "help": r"#求 .* — ",
    "join": r"我私聊找你了",
    "approve": r"只有管理员和运营能用 #(通过|approve)",
}


@dataclass
class Played:
    """What was said, and the answers by the id of the message that they quote."""

    lines: dict[str, Line] = field(default_factory=dict)
    answers: dict[str, list[Request]] = field(default_factory=dict)
    unasked: list[Request] = field(default_factory=list)

    def answer(self, message: str) -> str:
        """What the bot said to it; "" when it kept silent."""
        return "\n---\n".join(request.text for request in self.answers.get(message, ()))

    def heard(self, message: str) -> str:
        """As which command the bot took it."""
        answer = self.answer(message)
        if not answer:
            return "none"
        found = [name for name, sign in SAYS.items() if re.match(sign, answer)]
        return "/".join(found) or answer

    def transcript(self) -> list[str]:
        """Every line with its answer, and what came unasked."""
        told = [f"{line.text} → {self.answer(message)}" for message, line in self.lines.items()]
        return [*told, *(request.text for request in self.unasked)]


async def play(bot: Laoyou, peer: Peer, community: Community) -> Played:
    """Say everything in one go, and wait for the last answer."""
    await bot.start()
    await peer.until(lambda: peer.connected)
    played = Played()
    for line in community.lines():
        said = await peer.say(line.user, line.text, group=GROUP)
        played.lines[str(said)] = line
    last = str(await peer.say(community.lines()[0].user, "#help", group=GROUP))
    await peer.until(lambda: any(last in _quoted(one) for one in peer.calls("send_group_msg")))
    for request in peer.calls("send_group_msg"):
        quoted = _quoted(request)
        if quoted:
            played.answers.setdefault(quoted[0], []).append(request)
        else:
            played.unasked.append(request)
    return played


def _quoted(request: Request) -> list[str]:
    return [data["id"] for data in request.data("reply")]
