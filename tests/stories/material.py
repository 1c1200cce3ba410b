"""Small articles of our own, with records as the coder makes them, to compare."""

from communique.records import Actor, Article, Coding, Event, Mention, Outlet, Place, Status, article_id, content_id

GREECE = Actor("state:GRC", "Greece", "state", "GRC")
TURKEY = Actor("state:TUR", "Turkey", "state", "TUR")
DENDIAS = Actor("person:nikos-dendias", "Nikos Dendias", "person", "GRC", "GOV", "Minister of Foreign Affairs")
CAVUSOGLU = Actor("person:mevlut-cavusoglu", "Mevlüt Çavuşoğlu", "person", "TUR", "GOV")
ATHENS = Place("Athens", "GRC", 37.98, 23.73, "264371")
ATHENS_IN_GEORGIA = Place("Athens", "USA", 33.96, -83.38, "4180386")
PIRAEUS = Place("Piraeus", "GRC", 37.95, 23.64, "255274")
CRETE = Place("Heraklion", "GRC", 35.33, 25.13, "261745")

AGENCY = (
    "The foreign minister of Greece accused Turkey on Thursday of sending a survey vessel into waters that both "
    "countries claim, and said that Athens would raise the matter with its partners before the summit in Brussels. "
    "Nikos Dendias told reporters that two frigates had followed the vessel since dawn and that nobody had been "
    "harmed. The Turkish embassy did not answer a request for comment, but a retired admiral close to the "
    "government said that the ship had never left the area where it had worked in spring. Fishermen on the island "
    "of Kastellorizo saw the frigates pass at noon. The two neighbours have argued about the shelf for four "
    "decades, and talks between them broke down in March after a short meeting in Istanbul that ended without a "
    "common text."
)
OTHER = (
    "Turkey rejected the charge by Greece that a survey vessel had entered disputed waters near Kastellorizo and "
    "called home its envoy for talks. Mevlüt Çavuşoğlu told reporters in Antalya that Dendias knew better: the "
    "vessel, watched by two Greek frigates, measures the sea bed for a cable, and the survey would go on until the "
    "end of the month. The Turkish embassy said that the frigates had come too near. Both neighbours send their "
    "ministers to the summit in Brussels. Ship tracking data showed the vessel forty miles south of Kastellorizo in "
    "the evening."
)


def article(text: str, *, day: str | None = "2022-02-10", outlet: str = "The Daily", country: str | None = "GBR",
            title: str | None = None) -> Article:  # fmt: skip
    domain = f"{outlet.casefold().replace(' ', '-')}.example"
    return Article(
        id=article_id(url=domain, title=title, published=day, text=text), text=text, paragraphs=((0, len(text)),),
        outlet=Outlet(outlet, domain, country), title=title, published=day, language="en", url=f"https://{domain}/1",
    )  # fmt: skip


def event(
    home: Article, words: str, trigger: str, *, type: str = "ACCUSE", source: tuple[Actor, ...] = (DENDIAS,),
    target: tuple[Actor, ...] = (TURKEY,), status: Status = "happened", mode: str | None = None,
    date: str | None = None, place: Place | None = None, symmetric: bool = False, goldstein: float | None = -2.0,
    quad: int = 3,
) -> Event:  # fmt: skip
    start = home.text.index(words)
    at = home.text.index(trigger, start)
    return Event(
        id=content_id("e", home.id, start, trigger, type), article=home.id, type=type, source=source, target=target,
        status=status, trigger=(at, at + len(trigger)), evidence=(start, start + len(words)), made_by="grammar:verb",
        confidence=0.8, mode=mode, date=date, place=place, symmetric=symmetric, goldstein=goldstein, quad=quad,
    )  # fmt: skip


def named(actor: Actor, home: Article, words: str) -> Actor:
    """The actor as the page names it."""
    start = home.text.index(words)
    mention = Mention(start, start + len(words), words)
    return Actor(actor.id, actor.name, actor.kind, actor.country, actor.sector, actor.office, mention)


def told(sentence: str, trigger: str, *, outlet: str, day: str | None = "2022-02-10", title: str | None = None,
         **fields: object) -> Coding:  # fmt: skip
    """An article of one sentence, and the one event that it tells."""
    home = article(sentence, day=day, outlet=outlet, title=title)
    return Coding(home, (), (event(home, sentence, trigger, **fields),))  # type: ignore[arg-type]
