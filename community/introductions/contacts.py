"""How somebody is reached: by what he says for this once, by what he has written on his page, else
by his QQ number.
"""

import re

from community.errors import UserError
from community.members import privacy
from community.members.privacy import LONGEST_CONTACT
from community.membership.redaction import contacts_in, without_contacts
from community.scene import Scene
from storage.queries.people import people
from storage.tables import Member

_LATER = "［联系方式等你愿意了再给］"
_NUMBER = re.compile(r"[A-Za-z0-9][\w.@+-]{4,}", re.ASCII)


def known(scene: Scene, *, member: Member) -> str:
    """What would be given of the member; "" where there is nothing, as on WeChat."""
    own = privacy.of(scene, member=member).contact
    if own:
        return "；".join(own.splitlines())
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    numbers = (one.address.partition(":") for one in held)
    return next((f"QQ {number}" for channel, _, number in numbers if channel == "onebot"), "")


def asking(scene: Scene, *, member: Member, words: str) -> str:
    """What is given of somebody who asks in these words; "" where there is nothing."""
    return "；".join(contacts_in(words)) or known(scene, member=member)


def answering(scene: Scene, *, member: Member, said: str) -> str:
    """What is given of somebody who says so much behind his yes; "" where there is nothing.

    What is no way to reach him goes along with the one that is known. Raises UserError.
    """
    said = "；".join(said.splitlines())
    over = len(said) - LONGEST_CONTACT
    if over > 0:
        raise UserError(f"联系方式最多 {LONGEST_CONTACT} 字，超出 {over} 字，没有改动。")
    if _NUMBER.search(said):
        return said
    own = known(scene, member=member)
    return f"{own}；{said}" if own and said else own


def kept_back(words: str) -> str:
    """The words as they are read before both have agreed."""
    return without_contacts(words, _LATER)
