"""Which column a header means, in Chinese or English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matching import fold

ACCOUNT = "account"
LISTS = frozenset({"skills", "keywords"})
LABELS: Mapping[str, str] = MappingProxyType(
    {
        ACCOUNT: "账号",
        "name": "姓名",
        "group_nickname": "群昵称",
        "company": "公司",
        "title": "职位",
        "city": "城市",
        "industry": "行业",
        "bio": "简介",
        "skills": "技能",
        "keywords": "关键词",
    }
)
FIELDS = tuple(field for field in LABELS if field != ACCOUNT)

_WORDS = {
    "account": "account accounts 账号 帐号 成员账号 渠道账号",
    "account onebot": "qq qq号 qq号码 qq账号 qq帐号 qqnumber qqid",
    "account wechaty": "微信 微信号 微信id 微信账号 wechat wechatid weixin wxid",
    "account mail": "邮箱 电子邮箱 邮件 邮箱地址 email mail",
    "name": "name 姓名 名字 真实姓名 成员姓名 会员姓名 realname fullname",
    "group_nickname": "groupnickname nickname card groupcard 群昵称 群名片 昵称 暱称 群备注 "
    "群内昵称",
    "company": "company 公司 公司名称 所在公司 单位 单位名称 企业名称 工作单位 所在单位 企业 机构 "
    "organization",
    "title": "title 职位 职务 岗位 头衔 职称 jobtitle position role",
    "city": "city 城市 所在城市 所在地 常驻城市 常驻地 location",
    "industry": "industry 行业 所属行业 所在行业",
    "bio": "bio 简介 个人简介 自我介绍 个人介绍 介绍 about intro introduction",
    "skills": "skills skill 技能 擅长 专长 特长",
    "keywords": "keywords keyword 关键词 关键字 标签 tags tag 订阅",
}
_LONGEST = 200  # characters of a header; brackets without end would take for ever
_IGNORED = frozenset({"id", "序号", "编号", "no"})
_NOISE = re.compile(r"[(\[【].*?[)\]】]|[\s_\-*:：.·]+")  # 姓名（必填）, *姓名, Group_Nickname


@dataclass(frozen=True)
class Column:
    """What a column holds; ``channel`` is that of accounts written without one."""

    field: str
    channel: str = ""


def _known() -> Mapping[str, Column]:
    pairs = ((Column(*meaning.split()), words.split()) for meaning, words in _WORDS.items())
    return {word: column for column, words in pairs for word in words}


_COLUMNS = MappingProxyType(_known())


def column_of(header: str) -> Column | None:
    """The meaning of a header; None when nobody knows it."""
    return _COLUMNS.get(_word(header))


def is_ignored(header: str) -> bool:
    """A running number, or nothing at all: not worth a word."""
    return _word(header) in _IGNORED or not header.strip()


def _word(header: str) -> str:
    return _NOISE.sub("", fold(header[:_LONGEST]))
