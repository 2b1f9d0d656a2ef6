"""From what the bot says to a letter. Pure: no line break of anybody's gets into a header."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default

from bot.channels.mail import layout
from bot.channels.mail.server import Sender
from community.actions import Send

LONGEST_SUBJECT = 60
_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@([^\s@<>()\[\]\\,;:\"]{1,253})")
_LINK = re.compile(r"https?://[!-;=?-~]+")
_SENTENCE = re.compile(r"[。！？：\n]")
_READABLE = default.clone(utf8=True)


class AddressError(ValueError):
    """No letter can be sent there."""


def address_of(account: str) -> str:
    """The address of ``mail:a@b.c`` as servers take it. Raises AddressError."""
    found = _ADDRESS.fullmatch(account.removeprefix("mail:"))
    if not account.startswith("mail:") or found is None:
        raise AddressError(account)
    try:
        domain = found[2].encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressError(account) from None
    if not re.fullmatch(r"[A-Za-z0-9.-]+", domain):
        raise AddressError(account)
    return f"{found[1]}@{domain}"


def to_letter(
    send: Send, *, sender: Sender, key: str, date: datetime, readable: bool = False
) -> EmailMessage:
    """The letter; ``readable`` for people who open the file, else for any server.

    Raises AddressError.
    """
    to = address_of(send.target)
    cte = "8bit" if readable else "base64"
    subject = subject_of(send)
    name = one_line(send.signed) or sender.name
    letter = EmailMessage(policy=_READABLE if readable else SMTP)
    user, _, domain = sender.address.rpartition("@")
    letter["From"] = Address(name, user, domain)
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = date
    letter["Message-ID"] = f"<{key}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    leave = send.unsubscribe if _LINK.fullmatch(send.unsubscribe) else ""
    if leave:
        letter["List-Unsubscribe"] = f"<{leave}>"
        if leave.startswith("https:"):  # a click must not be seen, or done, by those on the way
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = send.text.replace("\r\n", "\n").replace("\r", "\n")
    letter.set_content(layout.plain(text, unsubscribe=leave), cte=cte)
    page = layout.page(text, subject=subject, name=name, unsubscribe=leave)
    letter.add_alternative(page, subtype="html", cte=cte)
    return letter


def subject_of(send: Send) -> str:
    """The subject that was given, or how the words begin."""
    given = one_line(send.subject)
    if not given:
        sentence = next(filter(None, map(one_line, _SENTENCE.split(send.text))), "")
        given = sentence or "来信"
    return given if len(given) <= LONGEST_SUBJECT else f"{given[: LONGEST_SUBJECT - 1]}…"


def one_line(text: str) -> str:
    """Without line breaks and other signs that nobody can see."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
