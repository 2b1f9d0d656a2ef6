"""The pages of 我的, as far as the visitor may see them."""

from typing import Final

from web.access import Visit

TABS: Final = (
    ("/me", "帖子", "mine"),
    ("/me/profile", "名片", "profile"),
    ("/me/follows", "订阅", "follow"),
    ("/me/introductions", "引荐", "introductions"),
    ("/me/privacy", "隐私", "profile"),
    ("/me/mail", "邮箱", "bind"),
    ("/me/devices", "登录", "sign_in"),
    ("/me/data", "数据", "export"),
    ("/covenant", "公约", "covenant"),
)


def tabs(visit: Visit) -> list[tuple[str, str]]:
    """Address and name of each."""
    return [(f"{visit.home}{path}", name) for path, name, right in TABS if visit.may(right)]
