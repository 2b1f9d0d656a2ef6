"""Expected trouble. Its text is what the member reads; anything else is a fault of ours."""


class UserError(Exception):
    """A bad command, a missing right, an unknown number: the text goes to the member."""

    def __init__(self, text: str, *, private: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.private = private  # answer in private where the channel can
