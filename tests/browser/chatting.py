"""What admins say in their group, heard by the bot while pages are open.

``tests.conversations.chat`` needs a loop of its own, and Playwright keeps this thread's.
"""

from bot.analyser_reload import Analysers
from bot.communities import Communities
from bot.incoming.processor import Processor
from bot.incoming.router import Router
from community.updates import Message, Sender, dump_update, lane_of
from handlers.framework.discovery import discover
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from tests.web.world import ADMIN_GROUP, OWNER, World


def order(world: World, text: str) -> str:
    """The owner says it in the admins' group; gives what is answered there."""
    key = f"order:{len(world.letters(ADMIN_GROUP))}:{text}"
    now = world.clock.now()
    sender = Sender(account=f"onebot:{OWNER}", name=OWNER, card=OWNER)
    message = Message(
        channel="onebot:bot", key=key, time=now, group=ADMIN_GROUP, message_id=key,
        sender=sender, text=text,
    )  # fmt: skip
    row = Received(
        channel=message.channel, key=key, lane=lane_of(message), update=dump_update(message),
        sent_at=now, received_at=now,
    )  # fmt: skip
    with world.database.begin() as session:
        (number,) = inbox.add(session, rows=[row]).values()
    router = Router(
        discover(),
        Communities((world.settings, world.other)),
        Analysers(world.door.analyser()),
        world.clock,
    )
    Processor(world.database, router).handle(number)
    return world.letters(ADMIN_GROUP)[-1].text
