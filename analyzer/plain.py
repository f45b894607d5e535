"""Text of articles made fit to be shown: what is hidden in it, or would steer a terminal, made visible."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Control characters, direction marks and overrides, characters without width. The soft hyphen and the joiner of
emoji are ordinary typography and stay."""


def visible(text: str) -> str:
    """Text of an article for a screen: what is hidden or would steer a terminal made visible, never obeyed.

    One character becomes one character, so that offsets still hold.
    """
    return _HIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    return " ".join(visible(text).split())
