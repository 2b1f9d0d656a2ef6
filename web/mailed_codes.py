"""Codes that are mailed: who asks for one, and what he is told of one that is not right."""

from community.signing_in.codes import Answer, Asker
from web.access import Visit
from web.cookies import visitor_of


def asker_of(visit: Visit) -> Asker:
    """The browser, and from where it comes."""
    return Asker(browser=visitor_of(visit.request), place=visit.place)


def refusal(answer: Answer) -> str:
    """Why the code is not taken."""
    if answer == "over":
        return "验证码过期了，或者错太多次了。请重新要一个。"
    return "验证码不对，请再看一下邮件里的 6 位数字。"
