"""A person at a terminal: a prompt that shows who is speaking, and replies above it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.patch_stdout import patch_stdout

from bot.channels.console.codec import Speaker

HINT = """\
你在和老友说话。写“李四: #求 …”换李四说话，“李四（私聊）: #帮助”只说给老友听，\\n 表示换行。
/我是 李四　换成李四　　/退出　或按 Ctrl-D 结束
"""
_UNKNOWN = "没有这个命令。/我是 名字　/退出\n"


class Terminal:
    """Asks for lines; what is printed meanwhile leaves the half-typed line alone."""

    def __init__(self) -> None:
        self.colour = "NO_COLOR" not in os.environ
        self._session: PromptSession[str] = PromptSession()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say how it works; from then on whatever is printed goes above the prompt."""
        sys.stdout.write(HINT)
        stderr = sys.stderr
        with patch_stdout(raw=True):
            if not stderr.isatty():
                sys.stderr = stderr  # a log that goes to a file stays there
            yield

    async def read(self, speaker: Speaker) -> str | None:
        """The next line; None when the person is done."""
        while (line := await self._ask(speaker)) is not None:
            command, _, rest = line.strip().partition(" ")
            if not command.startswith("/"):
                return line
            if command == "/退出":
                return None
            if command == "/我是" and rest.strip():
                return f"{rest.strip()}:"
            await self.write(_UNKNOWN)
        return None

    async def write(self, text: str) -> None:
        """Print above the prompt. Raises OSError when the terminal has gone."""
        sys.stdout.write(text)
        sys.stdout.flush()

    async def _ask(self, speaker: Speaker) -> str | None:
        style = "bold ansicyan" if self.colour else "bold"
        prompt = FormattedText([(style, speaker.label), ("", "> ")])
        try:
            # Signals stay with the app, which ends in good order.
            return await self._session.prompt_async(prompt, handle_sigint=False)
        except (EOFError, KeyboardInterrupt):  # Ctrl-D, Ctrl-C
            return None
