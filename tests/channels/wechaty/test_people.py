"""Lists of members, and what is told while they are on their way."""

from bot.channels.wechaty.people import People
from community.updates import Seat

GROUP = "wechaty:群"
ZHANG, LI, WANG = (Seat(account=f"wechaty:{one}", name=one) for one in ("张三", "李四", "王五"))


def test_a_list_may_be_older_than_what_is_told_meanwhile() -> None:
    people = People()
    people.replace(GROUP, [ZHANG, LI])
    people.ask(GROUP)
    people.come(GROUP, WANG)
    people.remove(GROUP, LI.account)
    assert not people.replace(GROUP, [ZHANG, LI])
    assert set(people.names(GROUP).values()) == {"张三", "王五"}
    people.ask(GROUP)
    assert people.replace(GROUP, [ZHANG]).left == (WANG.account,)
