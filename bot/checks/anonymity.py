"""The key that seals who wrote anonymous posts: whether it is there, private, and the same."""

from collections.abc import Iterator

from bot.config import Config
from bot.finding import Finding
from community.anonymity.keys import read
from storage.database import Database
from storage.queries import anonymity

_LOST = "从另存的地方把它放回去；找不回来，就让管理员 #撤 掉这些帖子，下一条会换新密钥"


def check(config: Config, database: Database) -> Iterator[Finding]:
    """Nothing as long as nobody has posted so."""
    with database.read() as session:
        used, live = anonymity.all_keys(session), anonymity.live_keys(session)
    if not used:
        return
    source = config.anonymous_key
    ring, file = read(source), source.file
    name = "配置里的 anonymous.key" if source.secret is not None else str(file)
    if ring is None:
        text = f"匿名：没有密钥 {name}，匿名帖的作者谁也通知不到"
        yield Finding(ok=False, text=text, fix=_LOST)
    elif live - {ring.id}:
        text = f"匿名：{name} 不是封存现有匿名帖的那一把，停用匿名发布"
        yield Finding(ok=False, text=text, fix=f"几台机器要用同一把；{_LOST}")
    else:
        yield Finding(ok=True, text=f"匿名：密钥 {name} 对得上，它不在备份里，要另外存一份")
    if source.secret is None and file is not None and file.exists():
        mode = file.stat().st_mode & 0o777
        if mode & 0o077:
            text = f"匿名：别人也能读密钥（权限 {mode:o}）"
            yield Finding(ok=False, text=text, fix=f"chmod 600 {file}")
