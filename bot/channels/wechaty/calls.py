"""What the bot can ask of the gateway, by name. Runs in the child process."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.untrusted import Fields

Call = Callable[[Any, Fields], Awaitable[object]]
"""Takes wechaty's puppet and the parameters; the result is written as JSON."""


async def message(puppet: Any, asked: Fields) -> Fields:
    """What a message says. Asked below wechaty, which knows only the kinds of 2021."""
    found = await puppet.puppet_stub.message_payload(id=asked["id"])
    return {
        "id": found.id,
        "type": int(found.type),
        "text": found.text,
        "from": found.from_id,
        "room": found.room_id,
        "time": found.timestamp,
        "mentions": list(found.mention_ids),
    }


async def contact(puppet: Any, asked: Fields) -> Fields:
    """Who somebody is."""
    found = await puppet.contact_payload(asked["id"])
    return {"id": found.id, "name": found.name, "friend": found.friend}


async def rooms(puppet: Any, _asked: Fields) -> list[str]:
    """Ids of the rooms that the account is in."""
    return list(await puppet.room_list())


async def room(puppet: Any, asked: Fields) -> Fields:
    """What a room is called, and who runs it."""
    if asked.get("fresh"):
        await puppet.room_payload_dirty(asked["id"])
    found = await puppet.room_payload(asked["id"])
    return {"topic": found.topic, "owner": found.owner_id, "admins": list(found.admin_ids)}


async def members(puppet: Any, asked: Fields) -> list[str]:
    """Ids of those in a room. What the gateway remembers of their cards is thrown away."""
    await puppet.room_member_payload_dirty(asked["room"])
    return list(await puppet.room_members(asked["room"]))


async def member(puppet: Any, asked: Fields) -> Fields:
    """Name and card of somebody in a room."""
    found = await puppet.room_member_payload(asked["room"], asked["id"])
    return {"id": asked["id"], "name": found.name, "card": found.room_alias}


async def send(puppet: Any, asked: Fields) -> Fields:
    """Say something. Gateways of the web protocol give no id."""
    sent = await puppet.message_send_text(
        conversation_id=asked["to"], message=asked["text"], mention_ids=asked.get("mentions")
    )
    return {"id": sent or None}


async def recall(puppet: Any, asked: Fields) -> bool:
    """Take one of the account's own messages back."""
    return bool(await puppet.message_recall(asked["id"]))


async def friendship(puppet: Any, asked: Fields) -> Fields:
    """Who wants to be a friend, and with what words."""
    found = await puppet.puppet_stub.friendship_payload(id=asked["id"])
    return {"from": found.contact_id, "hello": found.hello, "type": int(found.type)}


async def befriend(puppet: Any, asked: Fields) -> None:
    """Become friends."""
    await puppet.friendship_accept(asked["id"])


async def invitation(puppet: Any, asked: Fields) -> Fields:
    """Who invites the account, and into what. Asked below wechaty, whose own answer is empty."""
    found = await puppet.puppet_stub.room_invitation_payload(id=asked["id"])
    return {"from": found.inviter_id, "topic": found.topic}


async def accept(puppet: Any, asked: Fields) -> None:
    """Follow an invitation."""
    await puppet.room_invitation_accept(asked["id"])


async def bring(puppet: Any, asked: Fields) -> None:
    """Bring a friend into a room; in a large one WeChat sends an invitation to follow."""
    await puppet.room_add(asked["room"], asked["id"])


async def kick(puppet: Any, asked: Fields) -> None:
    """Remove somebody from a room."""
    await puppet.room_delete(asked["room"], asked["id"])


CALLS: dict[str, Call] = {
    call.__name__: call
    for call in (
        message,
        contact,
        rooms,
        room,
        members,
        member,
        send,
        recall,
        friendship,
        befriend,
        invitation,
        accept,
        bring,
        kick,
    )
}
