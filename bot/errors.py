"""Trouble that ends a command: expected, told in one sentence, without a traceback."""


class StartError(Exception):
    """The command cannot do its work; the text says why and what to do, to the operator."""

    status = 1  # of the command

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class WrongUseError(StartError):
    """What the command was given, or not given, makes no sense."""

    status = 2
