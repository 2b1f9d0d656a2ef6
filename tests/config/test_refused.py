"""Every mistake in config.yaml is told with file, line, key and what was expected."""

import pytest

from tests.config.conftest import Said

COLON = "应为一组“键: 值”，冒号应为半角“:”，后面跟一个空格"
COMMUNITY = "communities:\n  - id: a\n    name: 甲\n"

VALUES = [
    ("limits:\n  posts_per_day: 三\n", 2, 'limits.posts_per_day 应为整数，现在是 "三"'),
    ("limits:\n  posts_per_day: yes\n", 2, 'limits.posts_per_day 应为整数，现在是 "yes"'),
    ("limits:\n  posts_per_day: 1.5\n", 2, 'limits.posts_per_day 应为整数，现在是 "1.5"'),
    ("limits:\n  posts_per_day: [1]\n", 2, "limits.posts_per_day 应为整数，现在是一个列表"),
    ("limits:\n  posts_per_day: -1\n", 2, 'limits.posts_per_day 不能小于 0，现在是 "-1"'),
    ("matching:\n  max_results: 11\n", 2, 'matching.max_results 不能大于 10，现在是 "11"'),
    ("outbox:\n  min_interval: 快\n", 2, 'outbox.min_interval 应为数字，现在是 "快"'),
    ("outbox:\n  min_interval: nan\n", 2, 'outbox.min_interval 应为有限的数字，现在是 "nan"'),
    ("\nlimits: 3\n", 2, 'limits 应为一组“键: 值”，现在是 "3"'),
    ("channels: console\n", 1, 'channels 应为列表，每项一行，以“- ”开头，现在是 "console"'),
    ("channels:\n  - type：console\n", 2, f"channels[0] {COLON}"),
    ("outbox:\n  per_hour:3\n", 1, f"outbox {COLON}"),
    ("web: http://a\n", 1, 'web 应为一组“键: 值”，现在是 "http://a"'),
    ("channels:\n  - console\n", 2, 'channels[0] 应为一组“键: 值”，现在是 "console"'),
    (
        "channels:\n  - type: qq\n",
        2,
        'channels[0].type 应为 console、onebot 或 wechaty，现在是 "qq"',
    ),
    (
        "channels:\n  - url: ws://a\n",
        2,
        "channels[0] 缺少 type，应为 console、onebot 或 wechaty",
    ),
    (
        COMMUNITY + "channels:\n  - type: onebot\n",
        5,
        "channels[0] 缺少 access_token（由 OneBot 来连接时必须写明）",
    ),
    (
        "web:\n  metrics_token: short\n",
        2,
        "web.metrics_token 应至少有 16 个字符，例如 openssl rand -hex 16 的输出",
    ),
    (
        "retention:\n  audit_days: 90\n",
        2,
        "retention.audit_days 应为 0（一直留着）或至少 365",
    ),
    (
        "alerts:\n  mail: [ops]\n",
        2,
        "alerts.mail[0] 应为邮箱地址，例如 ops@example.com",
    ),
    (
        'channels:\n  - type: onebot\n    access_token: "密码 1"\n',
        3,
        "channels[0].access_token 只能用英文字母、数字和符号，不能有空格",
    ),
    ("channels:\n  - type: wechaty\n    endpoint: a:1\n", 2, "channels[0] 缺少 token"),
    (
        'channels:\n  - type: wechaty\n    token: ""\n    endpoint: a:1\n',
        3,
        "channels[0].token 不能是空的，请写 ${环境变量名} 并设置这个环境变量",
    ),
    (
        "channels:\n  - type: onebot\n    access_token: abcdefgh\n    url: 127.0.0.1:3001\n",
        4,
        "channels[0].url 应为 ws:// 或 wss:// 开头的网址，例如 ws://127.0.0.1:3001",
    ),
    (
        "channels:\n  - type: wechaty\n    token: abcdefgh\n    endpoint: localhost\n",
        4,
        "channels[0].endpoint 应为 地址:端口，例如 127.0.0.1:8788",
    ),
    ("channels: []\n", 1, "channels 至少要有一个渠道，例如 - type: console"),
    (
        "channels:\n  - type: console\n  - type: console\n",
        3,
        "channels[1] 又是 console，每种渠道只能有一个",
    ),
    (
        COMMUNITY
        + "channels:\n  - type: onebot\n    url: ws://a:1\n  - type: onebot\n    url: ws://a:1\n",
        8,
        "channels[1].url 重复了，每个 QQ 账号写一个",
    ),
    (
        COMMUNITY + "channels:\n  - type: onebot\n    url: ws://a:1\n"
        "  - type: onebot\n    access_token: abcdefgh\n",
        7,
        "channels[1] 又是 onebot，每种渠道只能有一个（要几个 QQ 账号，每个都写 url）",
    ),
    (
        "channels:\n  - type: onebot\n    access_token: abcdefgh\n",
        1,
        "缺少 communities，请写明社群和它的群",
    ),
    ("communities: []\n", 1, "communities 至少要有一个社群"),
    ("communities:\n  - name: 甲\n", 2, "communities[0] 缺少 id"),
    ("communities:\n  - id: a\n", 2, "communities[0] 缺少 name"),
    ("communities:\n  -\n", 2, 'communities[0] 应为一组“键: 值”，现在是 ""'),
    (
        "communities:\n  - id: 甲\n    name: 甲\n",
        2,
        "communities[0].id 应由英文字母、数字、- 和 _ 组成，最多 40 个字符",
    ),
    ('communities:\n  - id: a\n    name: " "\n', 3, "communities[0].name 不能是空的"),
    (
        COMMUNITY + "    groups: onebot:1\n",
        4,
        'communities[0].groups 应为列表，每项一行，以“- ”开头，现在是 "onebot:1"',
    ),
    (
        COMMUNITY + "    groups: [“onebot:12345678”]\n",
        4,
        'communities[0].groups[0] 的引号应为半角，写成 "onebot:12345678" 的样子',
    ),
    (
        COMMUNITY + '    groups: ["onebot：12345678"]\n',
        4,
        "communities[0].groups[0] 的冒号应为半角“:”，写成 onebot:12345678 的样子",
    ),
    (
        COMMUNITY + '    groups: ["12345678"]\n',
        4,
        "communities[0].groups[0] 应带渠道前缀，写成 onebot:12345678 的样子",
    ),
    (
        COMMUNITY + '    groups:\n      - onebot:1\n      - "qq:2"\n',
        6,
        "communities[0].groups[1] 的渠道前缀应为 console、onebot、wechaty 之一",
    ),
    (
        COMMUNITY + '    admins: ["onebot:张三"]\n',
        4,
        "communities[0].admins[0] 冒号后面应为 QQ 号或群号（数字），写成 onebot:10001 的样子",
    ),
    (
        COMMUNITY + '    admin_group: "console:"\n',
        4,
        "communities[0].admin_group 冒号后面应有号码或名字，写成 onebot:12345678 的样子",
    ),
    (
        COMMUNITY + '    nickname: "{nam}-{company}"\n',
        4,
        "communities[0].nickname 的花括号里只能写 {name}、{company}、{title}、{city}、{industry}",
    ),
    (
        COMMUNITY + "    timezone: Asia/Shangai\n",
        4,
        "communities[0].timezone 应为时区名，是不是 Asia/Shanghai？",
    ),
    (
        COMMUNITY + "    timezone: Asia/Beijing\n",
        4,
        "communities[0].timezone 应为时区名，例如 Asia/Shanghai",
    ),
    (
        COMMUNITY + "    timezone: GMT+8\n",
        4,
        "communities[0].timezone 应为时区名，例如 Asia/Shanghai",
    ),
    (
        COMMUNITY + "    timezone: 北京\n",
        4,
        "communities[0].timezone 应为时区名，例如 Asia/Shanghai",
    ),
    (
        COMMUNITY + "  - id: a\n    name: 乙\n",
        4,
        "communities[1].id 重复了，a 已经用过",
    ),
    (
        COMMUNITY + '    groups: ["onebot:1"]\n  - id: b\n    name: 乙\n    groups: ["onebot:1"]\n',
        7,
        "communities[1].groups[0] 的群 onebot:1 已经属于社群 a，一个群只能属于一个社群",
    ),
    (
        COMMUNITY
        + '    groups: ["onebot:1"]\n  - id: b\n    name: 乙\n    admin_group: onebot:1\n',
        7,
        "communities[1].admin_group 的群 onebot:1 已经属于社群 a，一个群只能属于一个社群",
    ),
    (
        COMMUNITY + '    groups:\n      - "onebot:1"\n      - "onebot:1"\n',
        6,
        "communities[0].groups[1] 的群 onebot:1 写了两次，请只留一个",
    ),
    ("web:\n  listen: 8080\n", 2, "web.listen 应为 地址:端口，例如 127.0.0.1:8080"),
    ("web:\n  listen: a:99999\n", 2, "web.listen 的端口应为 0 到 65535 的数字"),
    (
        "web:\n  public_url: laoyou.example.com\n",
        2,
        "web.public_url 应为 http:// 或 https:// 开头的网址，例如 https://laoyou.example.com",
    ),
    (
        COMMUNITY + "channels:\n  - {type: onebot, url: ws://a}\nweb:\n  playground: true\n",
        7,
        "web.playground 不能和真实渠道一起开：试玩页里谁都能扮成管理员，请删掉这一行",
    ),
    (
        "communities:\n  - id: playground\n    name: 甲\n",
        2,
        "communities[0].id 不能是 playground，它是试玩页用的，请换一个",
    ),
    (
        "mail:\n  url: http://u:geheim@h\n",
        2,
        "mail.url 应为 smtp:// 或 smtps:// 开头的网址，例如 smtp://user:pass@host:587",
    ),
    (
        "mail:\n  url: smtp://u:1/2@smtp.example.com:587\n",
        2,
        "mail.url 的用户名或密码里有 /、? 或 #，要写成 %2F、%3F、%23",
    ),
    ("mail:\n  sender: 老友\n", 2, "mail.sender 应为 a@b.c 或 名字 <a@b.c> 的样子"),
    (
        "database: mysql://u:geheim@h/x\n",
        1,
        "database 应为 sqlite:///data/laoyou.db 或 postgresql+psycopg://用户@主机/库名 的样子",
    ),
    (
        "database: postgresql://h\n",
        1,
        "database 没有写库名，"
        "应为 sqlite:///data/laoyou.db 或 postgresql+psycopg://用户@主机/库名 的样子",
    ),
    (
        "database: postgresql://u:p@ss@h/x\n",
        1,
        "database 的用户名或密码里有 @，要写成 %40",
    ),
    (
        "database: sqlite://data/laoyou.db\n",
        1,
        "database 的 sqlite: 后面应有三个斜杠，例如 sqlite:///data/laoyou.db",
    ),
    ("database: sqlite://\n", 1, "database 应写明数据库文件，例如 sqlite:///data/laoyou.db"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), VALUES)
def test_a_wrong_value_is_told_with_its_place(
    said: Said, text: str, line: int, sentence: str
) -> None:
    assert said(text) == f"config.yaml 第 {line} 行：{sentence}"


UNKNOWN = [
    ("limit:\n  posts_per_day: 3\n", "不认识 limit，是不是 limits？"),
    ("limits:\n  post_per_day: 3\n", "不认识 limits.post_per_day，是不是 posts_per_day？"),
    ("mail:\n  folder: x\n", "不认识 mail.folder，这里可以写 sender、url"),
    (
        "channels:\n  - type: onebot\n    access_token: abcdefgh\n    acess_token: x\n",
        "不认识 channels[0].acess_token，是不是 access_token？",
    ),
    ("channels:\n  - type: console\n    url: ws://a\n", "不认识 channels[0].url，这里可以写 type"),
    (COMMUNITY + "    admin: []\n", "不认识 communities[0].admin，是不是 admins？"),
]


@pytest.mark.parametrize(("text", "sentence"), UNKNOWN)
def test_an_unknown_key_comes_with_the_nearest_known_one(
    said: Said, text: str, sentence: str
) -> None:
    assert sentence in said(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_file(said: Said) -> None:
    text = "limits:\n  posts_per_day: x\n  more: 1\nchannels:\n  - type: qq\nweb:\n  listen: x\n"
    lines = [sentence.partition("：")[0] for sentence in said(text).splitlines()]
    assert lines == [f"config.yaml 第 {n} 行" for n in (2, 3, 5, 7)]


def test_a_long_value_is_cut(said: Said) -> None:
    assert said("limits: " + "长" * 60).endswith(f'现在是 "{"长" * 40}…"')
