"""Letters as files, while there is no server."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from bot.channels.mail.channel import MIN_BACKOFF
from community.actions import Send, Text
from community.updates import Update
from tests.channels.mail.conftest import NewMail

pytestmark = pytest.mark.anyio

LETTER = Send(account="mail:zhang@x.cn", segments=(Text(text="通过了。"),), signed="老友记")


async def test_a_letter_is_a_file(new_mail: NewMail, tmp_path: Path) -> None:
    mail = new_mail()
    assert (await mail.check())[0].ok
    assert not (tmp_path / "mail").exists()  # looking changes nothing
    first, second = await mail.perform(LETTER), await mail.perform(LETTER)
    assert (first.state, second.state) == ("sent", "sent")
    files = sorted((tmp_path / "mail").iterdir())
    assert [one.name[:26] for one in files] == ["20260302-040000-zhang@x.cn"] * 2
    assert {one.suffix for one in files} == {".eml"}
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    letter = message_from_bytes(files[0].read_bytes(), policy=default)
    assert letter["From"] == "老友记 <bot@club.cn>"
    assert "通过了。" in files[0].read_text(encoding="utf-8")


async def test_a_folder_that_cannot_be(
    new_mail: NewMail, tmp_path: Path, logged: list[str]
) -> None:
    (tmp_path / "mail").write_text("a file")
    mail = new_mail()
    sent = await mail.perform(LETTER)
    assert (sent.state, sent.retry_after) == ("offline", MIN_BACKOFF)
    assert len(logged) == 1
    [found] = await mail.check()
    assert found.text == f"邮件：{tmp_path}/mail 不是文件夹"


async def test_running_ends_at_once(new_mail: NewMail, tmp_path: Path, logged: list[str]) -> None:
    async def feed(_: Update) -> None:
        pytest.fail("nothing comes in")

    await new_mail("smtp://127.0.0.1:1").run(feed)
    assert logged == []
    await new_mail().run(feed)
    assert logged == [f"INFO 没有设置 mail.url，信件写成文件，放在 {tmp_path}/mail\n"]
