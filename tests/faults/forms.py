"""Forms as a browser sees them: what they hold, and what a person may type into them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

_TYPED = {"text", "search", "textarea", "tel"}
Typed = Callable[[str], str]
"""Name of a field to what is typed into it."""


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    kept: dict[str, str] = field(default_factory=dict)  # hidden, chosen, or as it stands
    typed: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, where to

    def filled(self, typed: Typed) -> dict[str, str]:
        """All fields, as they are sent."""
        return {**self.kept, **{name: typed(name) for name in self.typed}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._chosen = ""  # name of the select whose first option is taken

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = about.get("method", "get").lower()
            self.forms.append(Form(about.get("action", ""), method))
        elif self.forms:
            self._field(self.forms[-1], tag, about)

    def _field(self, form: Form, tag: str, about: dict[str, str]) -> None:
        name, kind = about.get("name", ""), about.get("type", "text" if tag == "input" else tag)
        if tag == "button":
            form.buttons.append((name, about.get("value", ""), about.get("formaction", "")))
        elif tag == "select":
            self._chosen = name
        elif tag == "option" and self._chosen:
            if self._chosen not in form.kept or "selected" in about:
                form.kept[self._chosen] = about.get("value", "")
        elif not name or kind in ("file", "submit"):
            return
        elif kind in _TYPED and about.get("inputmode") != "numeric":
            form.typed.append(name)
        elif kind not in ("checkbox", "radio") or "checked" in about or name not in form.kept:
            form.kept[name] = about.get("value", "")


def forms_of(html: str) -> list[Form]:
    """In the order in which they stand."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
