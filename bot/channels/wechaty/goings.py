"""Who comes and goes, who wants to be a friend, who invites the bot."""

from loguru import logger

from bot.channels.untrusted import Fields, as_fields, as_text
from bot.channels.wechaty import notices
from bot.channels.wechaty.accounts import PREFIX
from bot.channels.wechaty.desk import Desk
from bot.channels.wechaty.directory import Directory
from bot.channels.wechaty.link import Link, fetch
from bot.channels.wechaty.roster import Roster
from bot.channels.wechaty.values import as_id, as_ids, as_name
from bot.logs import short


class Goings:
    """Turns such events into updates, and follows invitations that are wanted."""

    def __init__(self, desk: Desk, directory: Directory, roster: Roster) -> None:
        self._desk = desk
        self._directory = directory
        self._roster = roster

    async def joined(self, link: Link, event: Fields) -> None:
        """Some people, or the bot itself, have come into a room."""
        desk, room = self._desk, as_id(event.get("roomId"))
        came = as_ids(event.get("inviteeIdList"))
        if desk.accounts.own in came:
            await self._directory.find(link)
        group = desk.rooms.group(room)
        if desk.rooms.id(group) is None:
            return
        if desk.accounts.own in came:
            logger.info("微信：机器人进了群 {}", short(group))
            await self._roster.refresh(link, group, room)
        for contact in came:
            if contact != desk.accounts.own:
                seat = await self._roster.seat(link, group, room, contact)
                desk.seats.come(group, seat)
                now = desk.clock.now()
                await desk.feed(notices.joined(event, seat, group, desk.accounts, now))

    async def left(self, event: Fields) -> None:
        """Some people, or the bot itself, are gone."""
        desk, room = self._desk, as_id(event.get("roomId"))
        group = desk.rooms.group(room)
        if desk.rooms.id(group) is None:
            return
        for contact in as_ids(event.get("removeeIdList")):
            if contact == desk.accounts.own:
                logger.warning("微信：机器人已不在群 {} 里", short(group))
                desk.rooms.forget(group)
                continue
            account = desk.accounts.of(contact)
            desk.seats.leave(group, account)
            now = desk.clock.now()
            await desk.feed(notices.left(event, account, group, desk.accounts, now))

    async def renamed(self, link: Link, event: Fields) -> None:
        """A room has another topic. A known one stays the same group."""
        desk, room = self._desk, as_id(event.get("roomId"))
        group = desk.rooms.group(room)
        if desk.rooms.id(group) is not None:
            logger.info("微信：群 {} 改了名，仍按原来的群处理", short(group))
            return
        self._directory.renamed(room)
        await self._directory.meet(link, room)

    async def asked(self, link: Link, event: Fields) -> None:
        """Somebody may want to be a friend. Raises UnansweredError."""
        desk, flag = self._desk, as_text(event.get("friendshipId"))
        request = as_fields((await fetch(link, "friendship", id=flag)).data)
        person = await link.call("contact", id=as_id(request.get("from")))
        name = as_name(as_fields(person.data).get("name"))
        update = notices.asked(flag, request, name, desk.accounts, desk.clock.now())
        if update is not None:
            await desk.feed(update)

    async def invited(self, link: Link, event: Fields) -> None:
        """Somebody invites the bot: it follows an admin, or into a group that is missing.

        Raises UnansweredError.
        """
        desk, flag = self._desk, as_text(event.get("roomInvitationId"))
        found = as_fields((await fetch(link, "invitation", id=flag)).data)
        if not as_id(found.get("from")):
            return
        inviter = desk.accounts.of(as_id(found.get("from")))
        group = f"{PREFIX}{as_name(found.get('topic'))}"
        if inviter not in desk.admins and group not in desk.rooms.missing:
            logger.warning("微信：{} 邀请机器人进一个没有配置的群，没有接受", short(inviter))
            return
        answer = await link.call("accept", id=flag)
        outcome = "已接受" if answer.state == "ok" else f"没能接受（{answer.detail}）"
        logger.info("微信：{} 邀请机器人进群，{}", short(inviter), outcome)
