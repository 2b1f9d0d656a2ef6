"""What people ask for where all that counts is that it is answered, and how often it was."""

from collections import Counter

from tests.onebot_peer import Peer

TRADES = ("报税", "模具", "摄影", "保姆", "装修", "翻译", "招聘", "仓库", "律师", "搬家")


def wish(n: int) -> str:
    """The ``n``-th command; no two are the same."""
    return f"#need 第 {n} 单：想找一位做{TRADES[n % len(TRADES)]}的朋友"


def answered(peer: Peer) -> Counter[str]:
    """How often each message was answered in its group."""
    return Counter(
        data["id"] for request in peer.calls("send_group_msg") for data in request.data("reply")
    )
