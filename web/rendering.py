"""Templates: escaped by themselves, with the few words and filters that all pages share."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from community.matches.reasons import because
from community.wording import KINDS, STATES
from web import assets

HERE = Path(__file__).parent


class Renderer:
    """Fills templates."""

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(moment=moment, day=day, because=because, count=count)
        environment.globals.update(asset=self._asset, KINDS=KINDS, POST_STATES=STATES)
        return environment

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return {file.name: assets.digest(file) for file in assets.FOLDER.iterdir()}

    def page(self, name: str, /, **context: Any) -> str:
        """A whole page."""
        return self._environment.get_template(name).render(context)

    def _asset(self, name: str) -> str:
        """The address of a static file, which changes whenever the file does."""
        return f"/static/{name}?{self._digests[name]}"


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """A time as members of the community read it; empty for none."""
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day(at: datetime | date | None, zone: ZoneInfo) -> str:
    """Likewise the day alone."""
    if at is None:
        return ""
    return f"{at.astimezone(zone) if isinstance(at, datetime) else at:%Y-%m-%d}"


def count(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}"
