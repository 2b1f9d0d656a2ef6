"""The channels that the configuration asks for."""

from bot.channels.base import Channel
from bot.channels.console import Console
from bot.channels.mail import Mail, Server
from bot.channels.mail.server import sender_of
from bot.channels.onebot import OneBot
from bot.channels.onebot.pool import AccountPool
from bot.channels.onebot.quotes import QuoteStore
from bot.channels.onebot.watermarks import Since
from bot.channels.playground import Playground
from bot.channels.wechaty.channel import Wechaty
from bot.channels.wechaty.link import Address
from bot.channels.wechaty.rooms import RoomStore
from bot.clock import Clock
from bot.config import ChannelConfig, Config, ConsoleConfig, OneBotConfig, WechatyConfig
from bot.config.values import split_sender


def build(
    config: Config,
    *,
    clock: Clock,
    since: Since | None = None,
    room_store: RoomStore | None = None,
    pool: AccountPool | None = None,
    quote_store: QuoteStore | None = None,
) -> tuple[Channel, ...]:
    """All channels that are configured, mail, which is always there, and the playground."""
    pool = pool or AccountPool()
    named = (
        build_one(
            one,
            config,
            clock=clock,
            since=since,
            room_store=room_store,
            pool=pool,
            quote_store=quote_store,
        )
        for one in config.channels
    )
    play = (Playground(clock=clock),) if config.has_playground else ()
    return (*named, build_mail(config, clock=clock), *play)


def build_mail(config: Config, *, clock: Clock) -> Mail:
    """Letters to the server, or into files while none is set."""
    url = config.mail.url.get_secret_value()
    server = Server.of(url) if url else None
    user = split_sender(server.user if server else "")[1]
    sender = sender_of(split_sender(config.mail.sender), user)
    return Mail(server, sender=sender, files=config.mail_folder, clock=clock)


def build_one(
    section: ChannelConfig,
    config: Config,
    *,
    clock: Clock,
    since: Since | None = None,
    room_store: RoomStore | None = None,
    pool: AccountPool | None = None,
    quote_store: QuoteStore | None = None,
) -> Channel:
    """One channel."""
    if isinstance(section, ConsoleConfig):
        return Console(clock=clock)
    if isinstance(section, OneBotConfig):
        secret = section.access_token
        return OneBot(
            access_token=None if secret is None else secret.get_secret_value(),
            url=section.url,
            groups=config.all_groups,
            since=since,
            sole=sum(isinstance(one, OneBotConfig) for one in config.channels) == 1,
            pool=pool,
            quote_store=quote_store,
            listen=config.web.listen,
            clock=clock,
        )
    return _wechaty(section, config, clock, room_store)


def _wechaty(
    section: WechatyConfig, config: Config, clock: Clock, room_store: RoomStore | None
) -> Wechaty:
    return Wechaty(
        Address(section.endpoint, section.token.get_secret_value()),
        groups=config.all_groups,
        admins=[admin for one in config.communities for admin in one.admins],
        stable_ids=section.stable_ids,
        room_store=room_store,
        clock=clock,
    )
