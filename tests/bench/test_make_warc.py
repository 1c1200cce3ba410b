"""Made-up crawls hold the given texts, dated and signed, and none of the furniture around them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communique.ingest import read
from communique.records import Article

ROOT = Path(__file__).parents[2]
TEXTS = [
    {
        "text": "Kenya urged Somalia on Tuesday to return to the talks, an official said in Nairobi.\n\nThe two "
        "governments have argued over their sea border for years, and no date has been set for another round."
    },
    {
        "title": "Dockers to strike on Friday",
        "date": "2019-05-07",
        "text": "The union called a strike for Friday after talks about pay had failed, its chairman said.",
    },
]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl")
    (folder / "texts.jsonl").write_text("\n".join(map(json.dumps, TEXTS)))
    for name in ("one", "two"):
        command = [sys.executable, "bench/make_warc.py", folder / f"{name}.warc.gz", folder / "texts.jsonl"]
        subprocess.run([*command, "--pages", "24"], cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_pages_can_be_read(crawl: Path) -> None:
    found = list(read([crawl / "one.warc.gz"]))
    articles = [article for article in found if isinstance(article, Article)]
    assert len(articles) == len(found) == 24
    given = {part for row in TEXTS for part in row["text"].split("\n\n")}
    for article in articles:
        assert set(article.text.split("\n\n")) <= given
        assert article.title and article.day and article.url and article.url.startswith("https://www.")
    assert sum(bool(article.byline) for article in articles) > 12
    assert len({article.url for article in articles}) == 24


def test_the_same_arguments_make_the_same_bytes(crawl: Path) -> None:
    assert (crawl / "one.warc.gz").read_bytes() == (crawl / "two.warc.gz").read_bytes()
