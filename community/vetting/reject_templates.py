"""Ready words for turning somebody down, so that nobody has to find them anew."""

from collections.abc import Mapping
from types import MappingProxyType

from matching import fold

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "太简单": "自我介绍太简单，看不出你是谁、能带来什么，请写具体些。",
        "名字不对": "请用真实姓名申请。",
        "没人认识": "没有留下可以核实你身份的人或联系方式。",
        "太笼统": "写得太笼统，请写明在哪家公司、哪几年、做过什么。",
        "机器写的": "读起来不像自己写的，请用自己的话介绍自己。",
        "不友善": "内容不够友善，不符合社群的约定。",
    }
)
"""By name."""


def reason_for(said: str) -> str:
    """The ready words of that name, or what was said itself."""
    return REASONS.get(fold(said).strip("。. "), said)
