"""A series as a picture: a bar a row, stacked by quad class, and the mean Goldstein score as a line."""

import io
from collections.abc import Sequence
from html import escape

from communique.errors import UsageError
from communique.series import QUADS, Point

COLOURS = {
    "verbal_cooperation": "#8fbcdb",
    "material_cooperation": "#2a6fb0",
    "verbal_conflict": "#f2b880",
    "material_conflict": "#c0562f",
}
LINE = "#333333"
WIDTH, HEIGHT, MARGIN = 900, 360, 56
# Labels under the bars at most; of more every so-manieth is written.
LABELS = 12
SCORES = (-10, -5, 0, 5, 10)


def svg(points: Sequence[Point], title: str) -> str:
    """Return the picture as SVG, drawn without any other library, so that the same series gives the same bytes."""
    wide, high = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    most = max((point.events for point in points), default=0) or 1
    step = wide / max(1, len(points))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<style>text { font: 12px sans-serif; fill: #222 }</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="18" font-weight="bold">{escape(title)}</text>',
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{wide}" height="{high}" fill="none" stroke="#888"/>',
    ]
    for number in sorted({0, most // 2, most}):
        parts.append(f'<text x="{MARGIN - 6}" y="{_at(number / most, high) + 4}" text-anchor="end">{number}</text>')
    for score in SCORES:
        parts.append(f'<text x="{WIDTH - MARGIN + 6}" y="{_at((score + 10) / 20, high) + 4}">{score}</text>')
    line = []
    for number, point in enumerate(points):
        left, under = MARGIN + number * step, 0
        for name, colour in COLOURS.items():
            count = getattr(point, name)
            if count:
                top = _at((under + count) / most, high)
                parts.append(
                    f'<rect x="{left + step * 0.1:.1f}" y="{top}" width="{step * 0.8:.1f}" '
                    f'height="{_at(under / most, high) - top:.1f}" fill="{colour}">'
                    f"<title>{escape(label(point))}: {count} {name.replace('_', ' ')}</title></rect>"
                )
            under += count
        if point.goldstein is not None:
            line.append((left + step / 2, _at((point.goldstein + 10) / 20, high)))
        if number % (len(points) // LABELS + 1) == 0:
            parts.append(
                f'<text x="{left + step / 2:.1f}" y="{HEIGHT - MARGIN + 16}" text-anchor="middle">'
                f"{escape(label(point))}</text>"
            )
    track = " ".join(f"{x:.1f},{y}" for x, y in line)
    parts.append(f'<polyline points="{track}" fill="none" stroke="{LINE}" stroke-width="1.5"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y}" r="2.5" fill="{LINE}"/>' for x, y in line]
    for number, (name, colour) in enumerate({**COLOURS, "mean Goldstein score (right)": LINE}.items()):
        x = MARGIN + number * (wide / 5)
        parts.append(f'<rect x="{x:.1f}" y="28" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 14:.1f}" y="38">{name.replace("_", " ")}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _at(share: float, high: float) -> float:
    return round(MARGIN + high * (1 - share), 1)


def label(point: Point) -> str:
    """Return what a bar stands for: "2022-02 GRC → TUR ACCUSE"."""
    sides = f"{point.source} → {point.target}" if point.source else ""
    period = point.period if point.period != "all" else ""
    return " ".join(part for part in (period, sides, point.type) if part)


def png(points: Sequence[Point], title: str) -> bytes:
    """Return the picture as PNG. Raises UsageError where matplotlib, which draws it, is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        remedy = 'pip install "communique[plot]", or --format svg, which needs nothing'
        raise UsageError("PNG is drawn by matplotlib, which is not installed", remedy=remedy) from error
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=150)
    counts = figure.subplots()
    places = range(len(points))
    under = [0] * len(points)
    for name in QUADS.values():
        heights = [getattr(point, name) for point in points]
        counts.bar(places, heights, bottom=under, color=COLOURS[name], label=name.replace("_", " "))
        under = [low + height for low, height in zip(under, heights, strict=True)]
    counts.set_ylabel("events")
    every = len(points) // LABELS + 1
    counts.set_xticks(list(places)[::every], [label(point) for point in points][::every], rotation=20, fontsize=8)
    scores = counts.twinx()
    scored = [
        (place, point.goldstein) for place, point in zip(places, points, strict=True) if point.goldstein is not None
    ]
    scores.plot([x for x, _ in scored], [y for _, y in scored], color=LINE, marker=".", linewidth=1)
    scores.set_ylim(-10, 10)
    scores.set_ylabel("mean Goldstein score")
    counts.set_title(title, loc="left", fontsize=10)
    counts.legend(fontsize=7, frameon=False)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", bbox_inches="tight", metadata={"Software": None})
    return drawn.getvalue()
