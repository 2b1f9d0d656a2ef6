"""Who comes and goes, who wants to be a friend, who invites the bot."""

from loguru import logger

from bot.channels.untrusted import Fields, as_fields, as_text
from bot.channels.wechaty import notices
from bot.channels.wechaty.accounts import PREFIX
from bot.channels.wechaty.channel_state import ChannelState
from bot.channels.wechaty.directory import Directory
from bot.channels.wechaty.link import Link, fetch
from bot.channels.wechaty.roster import Roster
from bot.channels.wechaty.values import as_id, as_ids, as_name
from bot.logs import masked


class RoomEvents:
    """Turns such events into updates, and follows invitations that are wanted."""

    def __init__(self, state: ChannelState, directory: Directory, roster: Roster) -> None:
        self._state = state
        self._directory = directory
        self._roster = roster

    async def joined(self, link: Link, event: Fields) -> None:
        """Some people, or the bot itself, have come into a room."""
        state, room = self._state, as_id(event.get("roomId"))
        came = as_ids(event.get("inviteeIdList"))
        if state.accounts.own in came:
            await self._directory.find_rooms(link)
        group = state.rooms.group(room)
        if state.rooms.id(group) is None:
            return
        if state.accounts.own in came:
            logger.info("微信：机器人进了群 {}", masked(group))
            await self._roster.refresh(link, group, room)
        for contact in came:
            if contact != state.accounts.own:
                seat = await self._roster.seat(link, group, room, contact)
                state.seats.join(group, seat)
                now = state.clock.now()
                await state.feed(notices.joined(event, seat, group, state.accounts, now))

    async def left(self, event: Fields) -> None:
        """Some people, or the bot itself, are gone."""
        state, room = self._state, as_id(event.get("roomId"))
        group = state.rooms.group(room)
        if state.rooms.id(group) is None:
            return
        for contact in as_ids(event.get("removeeIdList")):
            if contact == state.accounts.own:
                logger.warning("微信：机器人已不在群 {} 里", masked(group))
                state.rooms.forget(group)
                continue
            account = state.accounts.of(contact)
            state.seats.leave(group, account)
            now = state.clock.now()
            await state.feed(notices.left(event, account, group, state.accounts, now))

    async def renamed(self, link: Link, event: Fields) -> None:
        """A room has another topic. A known one stays the same group."""
        state, room = self._state, as_id(event.get("roomId"))
        group = state.rooms.group(room)
        if state.rooms.id(group) is not None:
            logger.info("微信：群 {} 改了名，仍按原来的群处理", masked(group))
            return
        self._directory.renamed(room)
        await self._directory.on_unknown_room(link, room)

    async def asked(self, link: Link, event: Fields) -> None:
        """Somebody may want to be a friend. Raises UnansweredError."""
        state, flag = self._state, as_text(event.get("friendshipId"))
        request = as_fields((await fetch(link, "friendship", id=flag)).data)
        person = await link.call("contact", id=as_id(request.get("from")))
        name = as_name(as_fields(person.data).get("name"))
        update = notices.asked(flag, request, name, state.accounts, state.clock.now())
        if update is not None:
            await state.feed(update)

    async def invited(self, link: Link, event: Fields) -> None:
        """Somebody invites the bot: it follows an admin, or into a group that is missing.

        Raises UnansweredError.
        """
        state, flag = self._state, as_text(event.get("roomInvitationId"))
        found = as_fields((await fetch(link, "invitation", id=flag)).data)
        if not as_id(found.get("from")):
            return
        inviter = state.accounts.of(as_id(found.get("from")))
        group = f"{PREFIX}{as_name(found.get('topic'))}"
        if inviter not in state.admins and group not in state.rooms.missing:
            logger.warning("微信：{} 邀请机器人进一个没有配置的群，没有接受", masked(inviter))
            return
        answer = await link.call("accept", id=flag)
        outcome = "已接受" if answer.state == "ok" else f"没能接受（{answer.detail}）"
        logger.info("微信：{} 邀请机器人进群，{}", masked(inviter), outcome)
