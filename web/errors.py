"""What keeps a page from being shown. Each becomes a page of its own (web/error_pages.py)."""


class PageError(Exception):
    """The visitor cannot have this page; the text tells why."""

    status = 400

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotFoundError(PageError):
    """There is no such thing, or none that this visitor may know of."""

    status = 404

    def __init__(self, text: str = "没有这一页，链接可能写错了或者已经过期。") -> None:
        super().__init__(text)


class ForbiddenError(PageError):
    """Signed in, and still not allowed."""

    status = 403


class StaleFormError(PageError):
    """The form does not carry the token of this browser."""

    status = 403

    def __init__(self) -> None:
        super().__init__("这一页放太久了，为了安全没有提交。请返回上一页，刷新后再试一次。")


class OtherMemberError(PageError):
    """Since the page was opened, somebody else has signed in with this browser."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(
            f"没有提交：这一页打开以后换了人登录，现在是 {name}。请重新打开这一页，看一下再提交。"
        )


class TooOftenError(PageError):
    """More than a person does."""

    status = 429

    def __init__(self, text: str = "操作太频繁了，请过一会儿再试。") -> None:
        super().__init__(text)


class TooLargeError(PageError):
    """More than is taken in one go."""

    status = 413

    def __init__(self) -> None:
        super().__init__("一次传的太大了，没有上传。请压缩一下，或者分几次传。")


class SignInNeededError(Exception):
    """The page is for members, and nobody is signed in."""

    def __init__(self, community_id: str, path: str) -> None:
        super().__init__(path)
        self.community_id = community_id
        self.path = path
