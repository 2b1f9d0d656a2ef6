"""Communities that the database holds and the configuration does not name."""

from bot.config import Config
from bot.finding import Finding
from storage.database import Database
from storage.queries import communities

PLAYING = ("console", "playground")  # whoever tries the bot by hand leaves these behind


def unconfigured(config: Config, database: Database) -> dict[str, int]:
    """Their members by id: nobody looks after them."""
    return _by_configuration(config, database)[0]


def check(config: Config, database: Database) -> list[Finding]:
    """With another id in the configuration, all that members have said seems to be gone.

    Only told where one has an end and another a beginning while others go on.
    """
    others, empty = _by_configuration(config, database)
    if not others:
        return []
    held = "、".join(f"{id_}（{count} 位成员）" for id_, count in others.items())
    if empty:
        text = f"社群：数据库里有 {held}，配置里没有；配置里的 {'、'.join(empty)} 还没有成员"
        goes_on = len(empty) < len(config.communities)
        return [Finding(ok=goes_on, text=text, fix="id 写得和数据库里不一样的，改回来")]
    text = f"社群：数据库里还有 {held}，配置里没有，机器人不管它"
    return [Finding(ok=True, text=text, fix="如果改过 id，请改回来")]


def _by_configuration(config: Config, database: Database) -> tuple[dict[str, int], list[str]]:
    with database.read() as session:
        sizes = communities.sizes(session, playing=PLAYING)
    named = [one.id for one in config.communities]
    others = {id_: count for id_, count in sizes.items() if id_ not in named}
    return others, [id_ for id_ in named if id_ not in sizes]
