"""Opens pages as different people would: on a phone, in the dark, without scripts."""

from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 60_000  # milliseconds for one step of a test on a busy machine


@dataclass(frozen=True)
class Size:
    """What the page is looked at with."""

    width: int
    height: int
    phone: bool = False


PHONE = Size(390, 844, phone=True)
DESKTOP = Size(1280, 800)


class NewPage(Protocol):
    """Opens an empty page, for which ``page.goto("/path")`` is a path of ``site``."""

    def __call__(
        self, site: str, size: Size = DESKTOP, *, dark: bool = False, javascript: bool = True
    ) -> Page: ...


def opened(
    browser: Browser, site: str, size: Size, *, dark: bool, javascript: bool
) -> BrowserContext:
    """A browser that has never been anywhere."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": size.width, "height": size.height},
        is_mobile=size.phone,
        has_touch=size.phone,
        device_scale_factor=2 if size.phone else 1,
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",  # tests need not wait for what glides in
    )
    context.set_default_timeout(PATIENCE)
    return context
