"""Records of any shape, for properties that hold of all of them."""

from typing import get_args

from hypothesis import strategies as st

from communique.records import (
    Act,
    Actor,
    Article,
    Coding,
    Event,
    EventType,
    Mention,
    Outlet,
    Party,
    Place,
    Statement,
    StatementKind,
    Status,
    article_id,
    content_id,
)

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
spans = st.tuples(st.integers(0, 50), st.integers(51, 100))
days = st.dates().map(lambda d: d.isoformat())
dates = st.one_of(st.none(), days, st.tuples(days, days).map(lambda pair: "/".join(sorted(pair))))
countries = st.sampled_from([None, "RUS", "UKR", "KEN", "UNO"])
places = st.one_of(
    st.none(),
    st.builds(Place, words, countries, st.floats(-90, 90), st.floats(-180, 180), st.one_of(st.none(), words)),
)
mentions = st.builds(Mention, st.integers(0, 9), st.integers(10, 20), words)
actors = st.builds(
    Actor, st.one_of(st.none(), words), words, st.sampled_from(["person", "state", "group"]), countries,
    st.sampled_from([None, "GOV", "MIL"]), st.one_of(st.none(), words), st.one_of(st.none(), mentions),
)  # fmt: skip
parties = st.one_of(st.none(), st.builds(Party, mentions, st.one_of(st.none(), actors)))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=101, max_size=140))
    title, published = draw(st.one_of(st.none(), words)), draw(st.one_of(st.none(), days))
    return Article(
        id=article_id(url=None, title=title, published=published, text=text),
        text=text,
        paragraphs=((0, len(text)),),
        outlet=draw(st.one_of(st.none(), st.builds(Outlet, words, words, countries))),
        title=title,
        published=published,
        language=draw(st.sampled_from([None, "en"])),
        place=draw(places),
        warnings=tuple(draw(st.lists(words, max_size=2))),
    )


@st.composite
def codings(draw: st.DrawFn) -> Coding:
    article = draw(articles())
    statements = tuple(
        Statement(
            id=content_id("s", article.id, number),
            article=article.id,
            kind=draw(st.sampled_from(get_args(StatementKind))),
            speaker=draw(parties),
            content=(draw(spans),),
            content_text=draw(words),
            act=draw(st.sampled_from(get_args(Act))),
            made_by="grammar:clause",
            confidence=draw(st.floats(0, 1)),
            addressee=draw(parties),
            cue=draw(st.one_of(st.none(), spans)),
            said_on=draw(dates),
            place=draw(places),
            basis={"act": draw(words)},
        )
        for number in range(draw(st.integers(0, 3)))
    )
    events = tuple(
        Event(
            id=content_id("e", article.id, number),
            article=article.id,
            type=draw(st.sampled_from(get_args(EventType))),
            source=tuple(draw(st.lists(actors, max_size=2))),
            target=tuple(draw(st.lists(actors, max_size=2))),
            status=draw(st.sampled_from(get_args(Status))),
            trigger=draw(spans),
            evidence=draw(spans),
            made_by="grammar:verb",
            confidence=draw(st.floats(0, 1)),
            date=draw(dates),
            place=draw(places),
            counts=draw(st.dictionaries(words, st.integers(0, 10**6), max_size=2)),
            statement=statements[0].id if statements else None,
        )
        for number in range(draw(st.integers(0, 3)))
    )
    return Coding(article, statements, events)
