"""The reliability diagram: well-formed, a disc where confidence and the share that is right say."""

from xml.etree import ElementTree

from communique.evaluate.measures import Bands
from communique.evaluate.plot import MARGIN, SIZE, reliability


def test_a_disc_for_each_band() -> None:
    bands = Bands()
    for confidence, is_right in [(0.9, True), (0.9, True), (0.5, True), (0.5, False), (None, True)]:
        bands.add(confidence, is_right)
    picture = ElementTree.fromstring(reliability(bands))
    discs = picture.findall("{http://www.w3.org/2000/svg}circle")
    places = [(float(disc.get("cx", "")), float(disc.get("cy", ""))) for disc in discs]
    assert places == [(MARGIN + 0.9 * SIZE, MARGIN), (MARGIN + 0.5 * SIZE, MARGIN + 0.5 * SIZE)]
    assert [disc[0].text for disc in discs] == [
        "2 records, confidence 0.90, right 1.00",
        "2 records, confidence 0.50, right 0.50",
    ]


def test_nothing_to_show_is_an_empty_frame() -> None:
    assert "circle" not in reliability(Bands())
