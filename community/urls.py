"""Where things are on the web, for links in letters. Empty where there are no pages."""

from community.settings import Settings


def home(settings: Settings, path: str = "") -> str:
    """A page of the member platform."""
    return f"{settings.public_url}/c/{settings.id}{path}" if settings.public_url else ""


def progress(settings: Settings) -> str:
    """Where an applicant sees how things stand, and answers."""
    return f"{settings.public_url}/join/{settings.id}/progress" if settings.public_url else ""


def unsubscribe(settings: Settings, token: str) -> str:
    """Ends the letters that come by themselves."""
    return home(settings, f"/unsubscribe/{token}")


def leading(words: str, link: str) -> str:
    """``words：link`` as a paragraph of its own; nothing where there is no page."""
    return f"\n\n{words}：{link}" if link else ""
