"""Make knowledge/gdelt_divisions.tsv: the FIPS 10-4 codes of states and provinces, as GDELT has them.

GeoNames' codes of first-order divisions were FIPS's, and some have changed since; a code is taken where FIPS has a
division of the same name under it. FIPS's names are those in Debian's package libgeoip1, which has none of Canada's,
whose codes are written here. US states are not in the table: their codes are those of the post in both.

Run: python training/build_gdelt_divisions.py libGeoIP.so.1 > src/communique/knowledge/gdelt_divisions.tsv
"""

import ctypes
import sys

from communique.knowledge import table, values
from communique.places.gazetteer import DIVISIONS, folded

# FIPS's names, where they are not those of regions.tsv.
ALSO = {
    "Bavaria": "Bayern", "Inner Mongolia": "Nei Mongol", "Lower Saxony": "Niedersachsen",
    "North Rhine-Westphalia": "Nordrhein-Westfalen", "Rhineland-Palatinate": "Rheinland-Pfalz", "Saxony": "Sachsen",
    "Saxony-Anhalt": "Sachsen-Anhalt", "Thuringia": "Thuringen", "Tibet": "Xizang",
}  # fmt: skip
CANADA = {
    "CA.01": "Alberta", "CA.02": "British Columbia", "CA.03": "Manitoba", "CA.04": "New Brunswick",
    "CA.05": "Newfoundland and Labrador", "CA.07": "Nova Scotia", "CA.08": "Ontario", "CA.09": "Prince Edward Island",
    "CA.10": "Quebec", "CA.11": "Saskatchewan", "CA.12": "Yukon", "CA.13": "Northwest Territories",
    "CA.14": "Nunavut",
}  # fmt: skip
NOTES = """\
# FIPS 10-4 codes of states and provinces outside the US, by GeoNames' code of the division. Made by
# training/build_gdelt_divisions.py: only where FIPS has a division of this name under this code.
admin	fips	name	source"""


def main(library: str) -> None:
    """Print the table."""
    name_of = ctypes.CDLL(library).GeoIP_region_name_by_code
    name_of.restype, name_of.argtypes = ctypes.c_char_p, [ctypes.c_char_p] * 2
    fips = {row["country"]: row["fips"] for row in table("gdelt_countries.tsv")}
    print(NOTES)
    for row in sorted(table("regions.tsv"), key=lambda row: row["admin"]):
        if row["kind"] not in DIVISIONS or row["country"] == "USA" or not row["admin"]:
            continue
        country, code = row["admin"].split(".")
        named: bytes | None = name_of(country.encode(), code.encode())
        told = CANADA.get(row["admin"]) or (named.decode("latin-1") if named else "")
        ours = {folded(name) for name in (row["name"], *values(row["names"]), ALSO.get(row["name"], ""))}
        if told and folded(told) in ours:
            print(f"{row['admin']}\t{fips[row['country']]}{code}\t{row['name']}\tFIPS 10-4")


if __name__ == "__main__":
    main(sys.argv[1])
