"""A scorecard as one self-contained HTML file: chart, table, the claims behind every figure. No script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from analyzer.report import words
from analyzer.scorecard import view
from analyzer.scorecard.cards import FEWEST, Card, Rate, Scorecard

WIDTH, LEFT, RIGHT, ROW, TOP, FOOT = 720, 190, 24, 30, 12, 30
LONGEST_NAME = 26
MOST_ROWS = 40


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("analyzer.scorecard"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(view=view, words=words, visible=words.visible, fewest=FEWEST)
    return environment.get_template("scorecard.html")


def to_html(card: Scorecard) -> str:
    from markupsafe import Markup

    shown = [one for one in card.cards if one.counted]
    rates = [(one, one.rate) for one in shown if one.rate is not None]
    skills = [(one, one.forecasts.skill) for one in shown if one.forecasts.skill is not None]
    charts = [
        (title, Markup(svg(rows, title, per_cent=per_cent)))  # svg() escapes every text it is given
        for title, rows, per_cent in (
            ("Hit rate of what was counted, with its 95 % interval", rates, True),
            ("Skill of forecasts against their base rates, with its 95 % interval", skills, False),
        )
        if rows
    ]
    return str(_template().render(card=card, shown=shown, charts=charts))


def svg(rows: Sequence[tuple[Card, Rate | None]], title: str, *, per_cent: bool) -> str:
    """A row a group: a dot at its rate, a line for the interval. Rates lie on 0 to 100 %, skill on a scale that holds
    all; the rule stands at 0 for skill. The first ``MOST_ROWS`` rows."""
    drawn = [(card, rate) for card, rate in rows if rate is not None][:MOST_ROWS]
    low, high = (0.0, 1.0) if per_cent else _scale([rate for _, rate in drawn])
    height = TOP + ROW * len(drawn) + FOOT

    def x(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" class="chart" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
    ]
    for step in range(5):
        value = low + step * (high - low) / 4
        label = f"{100 * value:.0f} %" if per_cent else (f"{value:+.2f}".replace("-", "−") if value else "0")
        parts.append(_line(x(value), TOP, x(value), height - FOOT, "grid"))
        parts.append(_text(x(value), height - 10, label, "tick middle"))
    if not per_cent:
        parts.append(_line(x(0.0), TOP, x(0.0), height - FOOT, "rule"))
    for number, (card, rate) in enumerate(drawn):
        y = TOP + ROW * number + ROW / 2
        name = words.one_line(view.name_of(card))
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        parts += [
            _text(LEFT - 10, y + 4, short, "name end"),
            _line(x(rate.low), y, x(rate.high), y, "interval"),
            f'<circle class="dot" cx="{x(rate.share):.1f}" cy="{y:.1f}" r="5"/>',
        ]
    return "".join([*parts, "</svg>"])


def _scale(rates: Sequence[Rate]) -> tuple[float, float]:
    """Quarters of a half that hold every interval and 0."""
    low = min(0.0, *(rate.low for rate in rates))
    return min(-0.5, -0.5 * -(low // 0.5)), 1.0


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
