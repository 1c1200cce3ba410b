"""The reliability diagram: confidence against the share that is right, as an SVG picture."""

from communique.evaluate.measures import Bands

SIZE, MARGIN = 320, 48
LARGEST = 16.0
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability(bands: Bands) -> str:
    """Return the diagram (Niculescu-Mizil and Caruana, ICML 2005): a disc for each band, the larger the more records.

    On the diagonal confidence is just the share that is right; below it, it promises too much.
    """
    side = SIZE + 2 * MARGIN
    most = max(map(len, bands.found.values()), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">',
        "<style>text { font: 12px sans-serif }</style>",
        f'<rect width="{side}" height="{side}" fill="#fff"/>',
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>',
    ]
    for tick in TICKS:
        parts.append(f'<text x="{_x(tick)}" y="{side - MARGIN + 18}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{MARGIN - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick}</text>')
    for band in bands.found.values():
        mean = sum(confidence for confidence, _ in band) / len(band)
        share = sum(is_right for _, is_right in band) / len(band)
        radius = max(2.0, LARGEST * (len(band) / most) ** 0.5)
        parts.append(
            f'<circle cx="{_x(mean)}" cy="{_y(share)}" r="{radius:.1f}" fill="#2a6fb0" fill-opacity="0.6">'
            f"<title>{len(band)} records, confidence {mean:.2f}, right {share:.2f}</title></circle>"
        )
    parts.append(f'<text x="{side / 2}" y="{side - 8}" text-anchor="middle">confidence</text>')
    parts.append(
        f'<text x="14" y="{side / 2}" text-anchor="middle" transform="rotate(-90 14 {side / 2})">right</text>'
    )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(share: float) -> str:
    return f"{MARGIN + SIZE * share:.1f}"


def _y(share: float) -> float:
    return round(MARGIN + SIZE * (1 - share), 1)
