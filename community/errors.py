"""Expected trouble. Its text is what the member reads; anything else is a fault of ours."""


class UserError(Exception):
    """A bad command, a missing right, an unknown number: the text goes to the member."""

    def __init__(self, text: str, *, private: bool = False, back: str = "") -> None:
        """``back`` is for the chat alone: the member's own words, which a page still shows, or an
        example of a command.
        """
        super().__init__(text + back)
        self.text = text + back
        self.why = text
        self.private = private  # answer in private where the channel can
        self.forget = False  # nothing of the answer is kept, nor of what it answers
