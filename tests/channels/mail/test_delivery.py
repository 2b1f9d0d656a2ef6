"""Letters and a real SMTP server: what arrives, and what is said of what does not."""

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.channels.base import Sent
from bot.channels.mail import Mail, Server
from bot.channels.mail.channel import MAX_BACKOFF, MIN_BACKOFF
from bot.channels.mail.errors import MailError
from bot.channels.mail.transport import RETRY_DELAY, Transport
from community.actions import Recall, Send, Text
from tests.channels.mail.certificates import Certificate, made
from tests.channels.mail.conftest import NewMail
from tests.channels.mail.postoffice import PASSWORD, USER, PostOffice, opened
from tests.fakes import FakeClock

pytestmark = pytest.mark.anyio

LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


def letter(to: str = "zhang@x.cn", text: str = "通过了。") -> Send:
    return Send(account=f"mail:{to}", segments=(Text(text=text),), signed="老友记")


async def ended(mail: Mail, *letters: Send) -> list[tuple[str, float]]:
    """How they end, one after the other."""
    found = [await mail.perform(one) for one in letters]
    return [(sent.state, sent.retry_after) for sent in found]


async def test_a_letter_arrives(new_mail: NewMail) -> None:
    async with opened(PostOffice()) as office:
        sent = await new_mail(f"smtp://127.0.0.1:{office.port}").perform(letter())
    assert sent.state == "sent"
    assert office.envelopes == [("bot@club.cn", ["zhang@x.cn"])]
    [came] = office.letters
    assert came["Subject"] == "通过了"
    assert came["Message-ID"] == f"<{sent.message_id}@club.cn>"
    assert not office.tls


async def test_a_secret_way_and_a_password(new_mail: NewMail, certificate: Certificate) -> None:
    async with opened(PostOffice(), tls=certificate.server, login=True) as office:
        mail = new_mail(f"smtp://{LOGIN}localhost:{office.port}", certificate.trusting)
        assert await ended(mail, letter()) == [("sent", 0)]
        assert (await mail.check())[0].text == (
            f"邮件：localhost:{office.port} 可以发信，发件地址 bot@club.cn"
        )
    assert office.tls
    assert office.logins == 2


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_certificate_that_does_not_fit(
    trusted: bool, new_mail: NewMail, certificate: Certificate, logged: list[str]
) -> None:
    async with opened(PostOffice(), tls=certificate.server, login=True) as office:
        # The right certificate for another name, or one that nobody here knows.
        host = "127.0.0.1" if trusted else "localhost"
        tls = certificate.trusting if trusted else None
        mail = new_mail(f"smtp://{LOGIN}{host}:{office.port}", tls)
        assert await ended(mail, letter(), letter()) == [("offline", MAX_BACKOFF)] * 2
        [found] = await mail.check()
    assert (office.logins, office.letters) == (0, [])
    assert found.text.startswith(f"邮件：{host}:{office.port} 的证书不对（")
    [line] = logged
    assert line.startswith(f"ERROR 邮件：{host}:{office.port} 的证书不对（")
    assert PASSWORD not in line


async def test_tls_from_the_first_byte_on(new_mail: NewMail, certificate: Certificate) -> None:
    async with opened(PostOffice()) as office:
        mail = new_mail(f"smtps://localhost:{office.port}", certificate.trusting)
        assert await ended(mail, letter()) == [("offline", MAX_BACKOFF)]
        assert "无法加密连接" in (await mail.check())[0].text


async def test_no_password_is_told_in_the_open() -> None:
    async with opened(PostOffice()) as office:
        server = Server("localhost", office.port, user=USER, password=PASSWORD)

        class Elsewhere(Server):
            start_tls = True

        far = Elsewhere(server.host, server.port, user=USER, password=PASSWORD)
        for one in (server, far):
            with pytest.raises(MailError, match="不支持加密"):
                await Transport(one, "club.cn").deliver(b"", sender="a@b.c", recipient="a@b.c")
    assert office.logins == 0


async def test_a_wrong_password(
    new_mail: NewMail, certificate: Certificate, logged: list[str]
) -> None:
    async with opened(PostOffice(), tls=certificate.server, login=True) as office:
        url = f"smtp://{quote(USER)}:falsch@localhost:{office.port}"
        mail = new_mail(url, certificate.trusting)
        assert await ended(mail, letter()) == [("offline", MAX_BACKOFF)]
        [found] = await mail.check()
    assert "不接受用户名和密码（535）" in found.text
    assert len(logged) == 1
    assert "falsch" not in logged[0] + found.text


@pytest.mark.parametrize(
    ("stage", "answer", "ending"),
    [
        ("rcpt", "451 greylisted", ("offline", RETRY_DELAY)),
        ("rcpt", "550 no such user", ("refused", 0)),
        ("rcpt", "drop", ("offline", MIN_BACKOFF)),
        ("rcpt", "421 closing", ("offline", MIN_BACKOFF)),
        ("data", "452 no room", ("offline", RETRY_DELAY)),
        ("data", "554 spam", ("refused", 0)),
        ("data", "drop", ("unknown", 0)),
    ],
)
async def test_how_it_ends(
    stage: str, answer: str, ending: tuple[str, float], new_mail: NewMail
) -> None:
    async with opened(PostOffice(**{stage: {"zhang@x.cn": answer}})) as office:  # type: ignore[arg-type]
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        assert await ended(mail, letter()) == [ending]
    assert office.letters == []


async def test_an_address_is_tried_less_and_less_often(new_mail: NewMail) -> None:
    async with opened(PostOffice(rcpt={"zhang@x.cn": "450 later"})) as office:
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        found = [after for _, after in await ended(mail, *[letter()] * 6)]
        assert found == [300, 600, 1200, 2400, 3600, 3600]
        office.rcpt.clear()
        assert await ended(mail, letter()) == [("sent", 0)]
        office.rcpt["zhang@x.cn"] = "450 later"
        assert await ended(mail, letter()) == [("offline", RETRY_DELAY)]


async def test_trouble_with_one_address_is_no_trouble_for_others(new_mail: NewMail) -> None:
    rcpt = {"slow@x.cn": "450 later", "gone@x.cn": "550 unknown"}
    async with opened(PostOffice(rcpt=rcpt)) as office:
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        found = await ended(mail, letter("slow@x.cn"), letter("gone@x.cn"), letter("good@x.cn"))
    assert found == [("offline", RETRY_DELAY), ("refused", 0), ("sent", 0)]


async def test_a_sender_who_is_not_welcome_costs_no_letter(
    new_mail: NewMail, logged: list[str]
) -> None:
    async with opened(PostOffice(mail="553 not you")) as office:
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        assert await ended(mail, letter()) == [("offline", MAX_BACKOFF)]
    assert "不接受发件地址 bot@club.cn（553）；检查 mail.sender" in logged[0]


async def test_a_server_that_is_away_is_left_alone_for_a_while(
    new_mail: NewMail, clock: FakeClock, logged: list[str]
) -> None:
    async with opened(PostOffice()) as office:
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        port = office.port
    assert await ended(mail, letter(), letter("b@x.cn")) == [("offline", MIN_BACKOFF)] * 2
    await clock.sleep(MIN_BACKOFF)
    assert await ended(mail, letter()) == [("offline", 2 * MIN_BACKOFF)]
    await clock.sleep(2 * MIN_BACKOFF)
    assert len(logged) == 1  # however many letters wait
    assert f"连不上 127.0.0.1:{port}" in logged[0]
    async with opened(PostOffice()) as office:
        mail._server = replace(mail._server, port=office.port)  # type: ignore[type-var]
        mail._transport = None
        assert await ended(mail, letter()) == [("sent", 0)]
    assert logged[1:] == ["INFO 邮件：恢复发送\n"]


async def test_a_server_that_loses_letters_gets_few(new_mail: NewMail) -> None:
    async with opened(PostOffice(data={"zhang@x.cn": "drop"})) as office:
        mail = new_mail(f"smtp://127.0.0.1:{office.port}")
        found = await ended(mail, letter(), letter("b@x.cn"))
    assert found == [("unknown", 0), ("offline", MIN_BACKOFF)]


async def test_a_server_that_says_nothing() -> None:
    async def silence(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0)
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    way = Transport(Server("127.0.0.1", port), "club.cn", timeout=0.05)
    with pytest.raises(MailError, match="没有回应"):
        await way.deliver(b"", sender="a@b.c", recipient="a@b.c")
    for writer in writers:
        writer.close()
    server.close()
    await server.wait_closed()


async def test_what_mail_cannot_do(new_mail: NewMail) -> None:
    mail = new_mail()
    assert await mail.perform(Recall(message_id="1")) == Sent("refused", detail="邮件做不到")
    stranger = Send(account="mail:nobody", segments=())
    assert await mail.perform(stranger) == Sent("refused", detail="不是邮箱地址")


async def test_another_certificate_is_not_believed(
    tmp_path: Path, new_mail: NewMail, certificate: Certificate
) -> None:
    other = made(tmp_path, "localhost")
    async with opened(PostOffice(), tls=other.server) as office:
        mail = new_mail(f"smtp://{LOGIN}localhost:{office.port}", certificate.trusting)
        assert await ended(mail, letter()) == [("offline", MAX_BACKOFF)]
