"""Temporary chats: how QQ reaches people who are no friends, by way of a shared group."""

from bot.channels.onebot.account import Account
from bot.channels.onebot.fields import as_id, number
from bot.channels.untrusted import as_fields

_TIMEOUT = 5.0


async def temporary_chat_group(account: Account, person: str, group: str) -> str | None:
    """The group, if the implementation can find the person in it; else None.

    The question is not idle. When NapCat is given a group and cannot find the person, it posts
    the private words in that group for all to read.
    """
    ids = {"group_id": number(group), "user_id": number(person)}
    if None in ids.values():
        return None
    answer = await account.call("get_group_member_info", ids, _TIMEOUT)
    found = as_id(as_fields(answer.data).get("user_id"))
    return group if answer.state == "ok" and found == str(ids["user_id"]) else None
