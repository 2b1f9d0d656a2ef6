"""The community of the playground: its people, its rules, and what they have said already."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from community.form import ApplicationRules, FormField
from community.rules import Limits, MatchingRules
from community.settings import Settings
from web.playground import Person, Room

CHANNEL: Final = "playground"
COMMUNITY: Final = "playground"
GROUP: Final = "playground:group"
ADMINS: Final = "playground:admins"

PEOPLE: Final = (
    Person("xiaoming", "小明", "星河科技 · 产品经理"),
    Person("wangfang", "王芳", "海蓝会计 · 合伙人"),
    Person("lisi", "李四", "北极星贸易 · 运营经理"),
    Person("zhaomin", "赵敏", "青禾咖啡 · 创始人"),
    Person("sunlei", "孙磊", "云杉科技 · 后端工程师"),
    Person("laochen", "老陈", "审申请、管社群", role="admin"),
    Person("linxia", "林夏", "刚提交了申请", role="newcomer"),
    Person("zhouzhou", "周舟", "还没申请", role="newcomer"),
)
BY_KEY: Final[Mapping[str, Person]] = MappingProxyType({one.key: one for one in PEOPLE})

OPENING: Final[tuple[tuple[str, Room, str], ...]] = (
    (
        "xiaoming",
        "private",
        "#名片 公司 星河科技 职位 产品经理 城市 深圳 想要 做自己的跨境电商品牌",
    ),
    ("wangfang", "private", "#名片 公司 海蓝会计 职位 合伙人 城市 深圳 技能 代理记账、公司注册"),
    ("lisi", "private", "#名片 公司 北极星贸易 职位 运营经理 城市 深圳 技能 亚马逊运营、选品"),
    ("zhaomin", "private", "#名片 公司 青禾咖啡 职位 创始人 城市 杭州 行业 餐饮"),
    ("sunlei", "private", "#名片 公司 云杉科技 职位 后端工程师 城市 杭州 技能 Java、数据库"),
    (
        "linxia",
        "private",
        "#申请 姓名 林夏，公司 松果设计，职位 设计师，城市 上海，能给 品牌设计和包装设计",
    ),
    ("linxia", "private", "确认"),
    ("zhaomin", "group", "#供 杭州一间咖啡馆，周末可以免费办 20 人以内的活动"),
    ("sunlei", "group", "#供 周末可以接 Java 后端的开发，做过支付和订单系统"),
    ("wangfang", "group", "大家早，最近报税季，忙晕了"),
    ("zhaomin", "group", "#求 找一位会做包装设计的设计师"),
    ("lisi", "group", "#供 做过三年亚马逊运营，跨境电商找合作"),
)
"""What is said before the first visitor comes, through the dispatcher like everything else."""
POSTS: Final = sum(text.startswith(("#求", "#供")) for _, _, text in OPENING)

_FORM: Final = ApplicationRules(
    fields=(
        FormField(key="name", required=True, min=2, max=20),
        FormField(key="company", question="你在哪家公司？", required=True, max=40),
        FormField(key="title", required=True, max=30),
        FormField(key="city", required=True, max=20),
        FormField(key="gives"),
        FormField(key="consent", required=True),
    )
)


def address(person: Person) -> str:
    """The account of a person."""
    return f"{CHANNEL}:{person.key}"


def settings(public_url: str) -> Settings:
    """Without limits for a day: who tries it does in a minute what others do in a week."""
    return Settings(
        id=COMMUNITY,
        name="试玩群",
        groups=(GROUP,),
        admin_group=ADMINS,
        admins=frozenset(address(one) for one in PEOPLE if one.role == "admin"),
        nickname="",
        public_url=public_url,
        matching=MatchingRules(mentions_per_day=0, mentions_per_week=0),
        limits=Limits(posts_per_day=0),
        application=_FORM,
    )
