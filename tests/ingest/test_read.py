"""Files, folders, tables and streams: formats, columns, encodings, dates given; ids and offsets by property."""

import gzip
import io
import json
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import samples
from communique.errors import InputError
from communique.ingest import Failure, Input, Options, article_from_html, article_from_text, inputs, read
from communique.records import Article, article_id

TEXT = "The ministers met in Oslo on Friday, officials said.\n\nThey agreed to meet again in May."


def articles(data: str | bytes, **options: object) -> list[Article]:
    raw = data.encode() if isinstance(data, str) else data
    found = list(read(["-"], options=Options(**options), stdin=io.BytesIO(raw)))  # type: ignore[arg-type]
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_samples() -> None:
    summit, harbour = read(samples.paths())
    assert isinstance(summit, Article) and isinstance(harbour, Article)
    assert summit.title == "Ministers leave Vienna talks without a deal on Aegean drills"
    assert summit.standfirst == "Athens and Ankara traded accusations before agreeing to meet again in June"
    assert (summit.published, summit.language, len(summit.paragraphs)) == ("2024-05-14T16:25", "en", 13)
    assert summit.text.startswith("Greek Foreign Minister") and summit.text.endswith("has not yet been used.")
    assert harbour.byline == ("Inés Contreras", "Tom Ashdown")
    assert (harbour.published, len(harbour.paragraphs)) == ("2024-09-19T18:05-03:00", 8)
    assert harbour.place is not None and harbour.place.name == "Valparaíso"
    assert harbour.outlet is not None and harbour.outlet.name == "The Meridian Courier"
    assert not summit.warnings and not harbour.warnings
    for word in ("cookies", "Read more", "icon", "Photograph", "inbox", "Copper exporters", "Most read"):
        assert word not in summit.text + harbour.text


def test_jsonl_default_columns() -> None:
    row = {"headline": "Oslo talks", "body": TEXT, "published_at": "2024-05-03T10:00:00Z", "link": "https://www.dw.com/x",
           "author": ["Ann Lee", "Bo Ek"], "source": {"id": None, "name": "Deutsche Welle"}}  # fmt: skip
    [article] = articles(json.dumps(row))
    assert (article.title, article.published, article.byline) == (
        "Oslo talks",
        "2024-05-03T10:00Z",
        ("Ann Lee", "Bo Ek"),
    )
    assert article.outlet is not None
    assert (article.outlet.name, article.outlet.domain, article.outlet.country) == ("Deutsche Welle", "dw.com", "DEU")
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1714694400000, "2024-05-03"),  # pandas' to_json: milliseconds
        (1714730400, "2024-05-03T10:00Z"),
        ("2024-05-03 00:00:00", "2024-05-03"),  # pandas' to_csv
        ("20240503", "2024-05-03"),
        ("3 May 2024", "2024-05-03"),
        ("soon", None),
        (None, None),
    ],
)
def test_dates_of_tables(value: object, published: str | None) -> None:
    [article] = articles(json.dumps({"text": TEXT, "date": value}), format="jsonl")
    assert article.published == published
    assert bool(article.warnings) == (published is None)


def test_csv_with_named_columns_semicolons_and_lines_in_cells() -> None:
    [article] = articles(
        f'id;Kop;Tekst;Dag\n1;Oslo talks;"{TEXT}";03.05.2024\n',
        format="csv",
        columns={"text": "Tekst", "title": "Kop", "date": "Dag"},
    )
    assert (article.title, article.published, len(article.paragraphs)) == ("Oslo talks", "2024-05-03", 2)


def test_large_tables_of_two_byte_text_are_read_to_their_end() -> None:
    rows = "".join(f'{number}\t"{"Talks went on in Oslo. " * 40_000}\nThey ended."\r\n' for number in range(8))
    stream = io.BytesIO(f"id\ttext\r\n{rows}".encode("utf-16"))  # as spreadsheets write it; 15 million bytes
    found = list(inputs(["-"], options=Options(format="csv"), stdin=stream))
    assert [one.data["id"] for one in found if isinstance(one, Input)] == [str(number) for number in range(8)]
    assert isinstance(found[-1], Input) and found[-1].data["text"].endswith("in Oslo. \nThey ended.")
    assert not stream.closed


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_lines_may_be_two_byte_text_as_windows_writes_it(encoding: str) -> None:
    lines = "".join(json.dumps({"text": TEXT, "title": title}) + "\r\n" for title in ("Oslo", "Bergen"))
    stream = io.BytesIO(lines.encode(encoding))
    found = list(read(["-"], options=Options(format="jsonl"), stdin=stream))
    assert [article.title for article in found if isinstance(article, Article)] == ["Oslo", "Bergen"]
    assert len(found) == 2


def test_missing_named_column_is_an_error_with_the_columns() -> None:
    [failure] = read(
        ["-"], options=Options(format="csv", columns={"text": "x"}), stdin=io.BytesIO(b"text,date\na,b\n")
    )
    assert isinstance(failure, Failure)
    assert str(failure.error) == "stdin:2: has no column x (its columns are text, date)"


def test_json_shapes() -> None:
    for shape in ({"text": TEXT}, [{"text": TEXT}], {"status": "ok", "articles": [{"text": TEXT}]}):
        assert len(articles(json.dumps(shape, indent=1), format="json")) == 1


def test_html_in_a_text_column() -> None:
    [article] = articles(json.dumps({"content": f"<p>{TEXT}</p><p>Talks <b>go on</b> in spring, they said.</p>"}))
    assert "<" not in article.text and "Talks go on in spring" in article.text


def test_folder_sorted_recursive_and_gzip(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_text("The first talks failed.")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"The second talks failed."))
    (tmp_path / "c.tsv").write_text("text\tdate\nThe third talks failed.\t2024-05-03\n")
    (tmp_path / ".hidden.txt").write_text("Not this.")
    (tmp_path / "notes.log").write_text("Not this.")
    texts = [found.text for found in read([tmp_path]) if isinstance(found, Article)]
    assert texts == ["The second talks failed.", "The third talks failed.", "The first talks failed."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "“We will not sign,” the minister said – and left. He “may return” in May. Talks go on."
    [article] = articles(text.encode(encoding))
    assert article.text == text


def test_few_accents_in_windows_encoding() -> None:
    text = "The minister left the café in Oslo before the talks began, and nobody saw him return. " * 3
    [article] = articles(text.encode("cp1252"))
    assert article.text == text.strip()
    assert any("cp1252" in warning for warning in article.warnings)


def test_standard_input_stays_open() -> None:
    for data in (b"The talks failed.", gzip.compress(b"The talks failed.")):
        stdin = io.BytesIO(data)
        assert len(list(read(["-"], stdin=stdin))) == 1
        assert not stdin.closed


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5"])
def test_declared_encoding(encoding: str) -> None:
    words = "Министры обсудили в четверг в Астане новый договор о железных дорогах, сообщили в правительстве."
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'.encode(encoding)
    assert article_from_html(page).text == words


def test_mojibake_is_warned_about_not_mended() -> None:
    article = article_from_html(
        "<p>The café talks failed – again, said one of them, née Doe.</p>".encode().decode("cp1252").encode()
    )
    assert any("wrong encoding" in warning for warning in article.warnings)
    assert "Ã©" in article.text


def test_given_date_goes_first_and_a_year_helps_a_dateline() -> None:
    wire = "SUVA, Feb 10 (Agency) - Fiji will host the talks, its prime minister said."
    assert article_from_text(wire, options=Options(date="2022-02-11T08:00Z")).published == "2022-02-11T08:00Z"
    assert article_from_text(wire, options=Options(date="2022")).published == "2022-02-10"
    assert article_from_text(wire).published is None


def test_language_of_the_options_and_other_languages() -> None:
    german = (
        "Die Außenminister der beiden Staaten haben sich am Freitag in Wien getroffen und über eine Waffenruhe "
        "gesprochen, teilte das Ministerium mit."
    )
    article = article_from_text(german)
    assert article.language == "de" and any(w.startswith("language is de:") for w in article.warnings)
    assert article_from_text(german, options=Options(language="en")).language == "en"
    assert article_from_text("Talks failed.").language is None


def test_code_points_stay() -> None:
    text = "“Cafe\u0301 talks” failed… the ﬁrst time, he said."  # decomposed é, a ligature: both stay
    assert article_from_text(text).text == text
    assert article_from_text("The\u00a0talks\x00 failed \u202fon\r\nMonday.").text == "The talks failed on Monday."


def test_a_single_line_without_full_stop_is_text() -> None:
    assert article_from_text("Ministers of both states met in Geneva on Monday").text.startswith("Ministers")


paragraph = st.lists(
    st.sampled_from("talks failed on Monday minister said “we” will – sign, 10 Feb 2022 Read more: share".split()),
    min_size=1, max_size=25,
).map(" ".join)  # fmt: skip


@given(
    st.lists(st.one_of(paragraph, paragraph.map(lambda p: p + "."), st.text(max_size=60)), max_size=12).map(
        "\n\n".join
    )
)
def test_spans_cover_the_text(text: str) -> None:
    try:
        article = article_from_text(text)
    except InputError:
        return
    assert "\n\n".join(article.text[s:e] for s, e in article.paragraphs) == article.text
    assert all(e > s and "\n" not in article.text[s:e] for s, e in article.paragraphs)
    expected = article_id(url=article.url, title=article.title, published=article.published, text=article.text)
    assert article.id == expected
    assert article_from_text(text) == article


@given(st.binary(max_size=300))
def test_any_bytes_give_articles_or_failures(data: bytes) -> None:
    assert all(isinstance(found, Article | Failure) for found in read(["-"], stdin=io.BytesIO(data)))


@given(st.text(max_size=300))
def test_any_page_gives_an_article_or_an_input_error(text: str) -> None:
    with suppress(InputError):
        article_from_html(f"<article><h1>{text}</h1><p>{text}</p></article>")


# Wrapped lines need a blank line or an indent between paragraphs: headings wrapped without one cannot be told apart.
@pytest.mark.parametrize(
    ("width", "indent", "glue"),
    [(None, "", "\n"), (None, "", "\r\n"), (66, "", "\n\n"), (80, "", "\r\n\r\n"), (72, "  ", "\n")],
)
def test_one_page_in_many_settings_is_one_article(width: int | None, indent: str, glue: str) -> None:
    page = samples.paths()[0].read_text(encoding="utf-8")
    lines = [line for line in page.split("\n") if line.strip()]
    wrapped = lines if width is None else [textwrap.fill(line, width, initial_indent=indent) for line in lines]
    assert article_from_text(glue.join(wrapped)) == article_from_text(page)
