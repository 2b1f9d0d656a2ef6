"""What can be tried with one click, for each person and chat."""

from collections.abc import Sequence
from typing import Final

from web.playground import Person, Room

_GROUP: Final = {
    "xiaoming": ("#求 找一位懂跨境电商的合伙人", "#找 亚马逊", "#谁是 李四"),
    "wangfang": ("#供 免费帮群友看一次财税问题", "#求 想找一位会做亚马逊的老师", "#我的"),
    "lisi": ("#求 深圳找人注册公司、报税", "#搞定", "#我的"),
    "zhaomin": ("#求 找人开发一个会员积分小程序，Java 后端", "#搞定", "#我的"),
    "sunlei": ("#求 杭州找个周末能办分享会的场地", "#供 可以帮忙看简历", "#我的"),
    "laochen": ("#找 深圳", "#统计", "#帮助"),
}
_NEW: Final = ("#供 可以接品牌设计和包装设计", "#名片", "#谁是 王芳")
_PRIVATE: Final = ("#帮助", "#名片", "#我的", "#订阅 跨境电商", "#登录")
_FORM: Final = "#申请 姓名 周舟，公司 木棉影视，职位 导演，城市 广州，能给 短片拍摄"


def examples(person: Person, room: Room, waiting: Sequence[int], *, inside: bool) -> Sequence[str]:
    """Words to send as they are. ``waiting`` are the numbers of open applications."""
    if room == "admins":
        return ("#待审", *(f"#通过 A{number}" for number in waiting[:3]))
    if room == "group":
        return _GROUP.get(person.key, _NEW) if inside else ()
    if inside:
        return _PRIVATE
    return (_FORM, "确认", "#申请") if person.key == "zhouzhou" else ("#申请", "#帮助")
