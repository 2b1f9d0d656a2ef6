"""Addresses that no page of ours has made."""

from tests.web.world import OWNER, World

_HUGE = "9" * 30


def test_numbers_that_no_row_can_have(world: World) -> None:
    browser = world.signed_in(OWNER)
    listed = ("audit?before=", "posts?before=", "queue?after=", "members?before=", "members?after=")
    for area in (*listed, "proofs?a=", "posts/", "queue/", "members/", "proofs/"):
        for number in (_HUGE, "2147483648", "-1"):
            browser.looks(f"/c/renren/office/{area}{number}")
            assert browser.status == 404, area + number


def test_signs_that_no_database_takes(world: World) -> None:
    browser = world.signed_in(OWNER)
    page = browser.looks("/c/renren/office/members?q=a%00b&city=%00")
    assert browser.status == 200
    assert "\0" not in page
