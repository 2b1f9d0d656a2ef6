"""What becomes of words in a letter."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.policy import default

import pytest

from bot.channels.mail.codec import AddressError, address_of, subject_of, to_letter
from bot.channels.mail.server import Sender
from community.actions import Mention, Send, Text

SENDER = Sender("bot@club.cn")
DATE = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def send(text: str, *, to: str = "mail:zhang@x.cn", **more: str) -> Send:
    return Send(account=to, segments=(Text(text=text),), **more)


def read(action: Send, *, readable: bool = False) -> EmailMessage:
    """As a mail program reads what was written."""
    letter = to_letter(action, sender=SENDER, key="k1", date=DATE, readable=readable)
    return message_from_bytes(letter.as_bytes(), policy=default)


def parts(letter: EmailMessage) -> tuple[str, str]:
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert page is not None
    return _lines(plain), _lines(page)


def _lines(part: MIMEPart) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("readable", [True, False])
def test_a_letter(readable: bool) -> None:
    letter = read(
        send("申请通过了。\n\n看这里：http://x.cn/a?b=1&c=2", subject="你的申请", signed="老友记"),
        readable=readable,
    )
    assert dict(letter.items()) == {
        "From": "老友记 <bot@club.cn>",
        "To": "zhang@x.cn",
        "Subject": "你的申请",
        "Date": "Mon, 02 Mar 2026 04:00:00 +0000",
        "Message-ID": "<k1@club.cn>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": letter["Content-Type"],
    }
    assert letter.get_content_type() == "multipart/alternative"
    plain, page = parts(letter)
    assert plain.startswith("申请通过了。\n\n看这里：http://x.cn/a?b=1&c=2\n\n-- \n")
    assert "不想再收到" not in plain + page
    assert '<a href="http://x.cn/a?b=1&amp;c=2">http://x.cn/a?b=1&amp;c=2</a>' in page
    assert ">老友记</p>" in page


def test_a_file_can_be_read_as_it_is() -> None:
    letter = to_letter(
        send("你好", subject="看看"), sender=SENDER, key="k", date=DATE, readable=True
    )
    text = letter.as_bytes().decode()
    assert "Subject: 看看" in text
    assert "\n你好\n" in text


def test_what_goes_over_the_wire_is_ascii() -> None:
    long = send("长" * 3000, subject="题" * 50, signed="名" * 40)
    raw = to_letter(long, sender=SENDER, key="k", date=DATE).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 200
    letter, old = read(long), message_from_bytes(raw)
    assert letter["Subject"] == "题" * 50
    # Read by the older half of the email package: the newer one puts blanks between the pieces.
    assert str(make_header(decode_header(old["From"]))) == f"{'名' * 40} <bot@club.cn>"
    assert parts(letter)[0].startswith("长" * 3000)


def test_signs_of_html_are_only_signs() -> None:
    _, page = parts(read(send("<script>alert('甲')</script> & “乙”")))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_unsubscribing_with_one_click() -> None:
    link = "https://x.cn/c/renren/unsubscribe/abc_-1"
    letter = read(send("新的匹配", unsubscribe=link))
    assert letter["List-Unsubscribe"] == f"<{link}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, page = parts(letter)
    assert f"不想再收到这类信：{link}" in plain
    assert f'href="{link}">退订' in page


def test_no_one_click_in_the_open() -> None:
    letter = read(send("新的匹配", unsubscribe="http://127.0.0.1:8080/u/1"))
    assert letter["List-Unsubscribe"] == "<http://127.0.0.1:8080/u/1>"
    assert letter["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    "more",
    [
        {"subject": "你好\r\nBcc: evil@x.cn"},
        {"subject": "你好\nBcc: evil@x.cn\n\nbody"},
        {"subject": "你好\u2028Bcc: evil@x.cn\x0b\x0c\x1c\x85Cc: a@x.cn"},
        {"signed": "老友\r\nBcc: evil@x.cn"},
        {"signed": '"老友" <evil@x.cn>,'},
        {"unsubscribe": "https://x.cn/>\r\nBcc: evil@x.cn"},
        {"unsubscribe": "javascript:alert(1)"},
    ],
)
def test_nothing_gets_into_the_headers(more: dict[str, str]) -> None:
    for readable in (True, False):
        letter = read(send("看", **more), readable=readable)
        assert {"Bcc", "Cc", "List-Unsubscribe"}.isdisjoint(letter.keys())
        assert [one.addr_spec for one in letter["From"].addresses] == ["bot@club.cn"]
        assert len(letter["Subject"].splitlines()) == 1
        assert parts(letter)[0].startswith("看\n")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "你加入「老友记」的申请 #A1 通过了，欢迎。\n点这里",
            "你加入「老友记」的申请 #A1 通过了，欢迎",
        ),
        ("\n\n 第二行\n第三行", "第二行"),
        ("字" * 80, "字" * 59 + "…"),
        ("。", "来信"),
        ("", "来信"),
    ],
)
def test_the_subject_is_how_the_words_begin(text: str, subject: str) -> None:
    assert subject_of(send(text)) == subject


def test_a_mention_is_a_name() -> None:
    action = Send(account="mail:a@b.c", segments=(Mention(account="onebot:1", name="张三"),))
    assert parts(read(action))[0].startswith("@张三\n")


@pytest.mark.parametrize(
    ("account", "address"),
    [
        ("mail:a@b.c", "a@b.c"),
        ("mail:first.last+tag@sub.example.com", "first.last+tag@sub.example.com"),
        ("mail:a@例子.中国", "a@xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_addresses(account: str, address: str) -> None:
    assert address_of(account) == address
    assert read(send("好", to=account))["To"] == address


@pytest.mark.parametrize(
    "account",
    [
        "onebot:10001", "mail:", "mail:a", "mail:@b.c", "mail:a@", "mail:a@b@c", "mail:a b@c.d",
        "mail:a@b.c\r\nBcc: x@y.z", "mail:a@b.c,d@e.f", "mail:<a@b.c>", "mail:张三@b.c",
        "mail:a@b_c.d", "mail:a@" + "x" * 70 + ".c", 'mail:"a b"@c.d',
    ],
)  # fmt: skip
def test_what_is_no_address(account: str) -> None:
    with pytest.raises(AddressError):
        address_of(account)
