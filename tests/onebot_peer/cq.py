"""Segments written as one string with CQ codes, as the specification says."""

from tests.onebot_peer.payloads import Segment


def escape(text: str) -> str:
    """Outside of a code."""
    return text.replace("&", "&amp;").replace("[", "&#91;").replace("]", "&#93;")


def to_cq(segments: list[Segment]) -> str:
    """The message in ``string`` format."""
    return "".join(_code(segment) for segment in segments)


def _code(segment: Segment) -> str:
    data = segment["data"]
    if segment["type"] == "text":
        return escape(str(data["text"]))
    pairs = (f",{key}={escape(str(value)).replace(',', '&#44;')}" for key, value in data.items())
    return f"[CQ:{segment['type']}{''.join(pairs)}]"
