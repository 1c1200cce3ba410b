"""Ask the program which office people held on a day, and count the answers that the public record bears out.

Run: python bench/offices.py [--sentences]
First the questions of bench/offices.jsonl, which were written from memory of the public record without a look at the
table: person, day, country, and the office held or null. An office counts as right when its title is the one asked
for or another by which the table calls it (SAME). Then 200 questions drawn from the table with a fixed seed: a day
inside a term, a day and a year before and after one, and days between two terms of one person; no office may be
claimed outside its term. With --sentences the drawn questions are asked once more through a coded sentence,
"NAME said on Tuesday that …", as an article of the day, which needs the language model.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from communique.actors.lexicon import Office, Person, lexicon
from communique.actors.who import readings
from communique.coder import Coder
from communique.ingest import Options, article_from_text

QUESTIONS = Path(__file__).with_name("offices.jsonl")
SEED, DRAWN = 20261125, 200
TODAY = date(2026, 11, 25)
SAME = (
    {"Minister of Economy", "Minister of Finance", "Minister for Economic Affairs"},
    {"Chief of the Armed Forces", "Commander-in-Chief of the Armed Forces", "Chief of the Army", "Army chief"},
    {"Leader of the Opposition", "Opposition leader"},
    {"Secretary General", "Secretary-General"},
    {"Director-General", "Director-General of the World Health Organization", "Director General of the IAEA"},
    {"High Commissioner for Refugees", "UN High Commissioner for Refugees"},
    {"High Commissioner for Human Rights", "UN High Commissioner for Human Rights"},
    {"President of the Commission", "President of the European Commission"},
    {"President of the Council", "President of the European Council"},
    {"Central Bank Governor", "Chair of the Federal Reserve"},
    {"Director of the CIA", "CIA Director"},
    {"Speaker of Parliament", "Speaker of the House of Representatives"},
    {"Chief Executive", "Chief Executive of Hong Kong"},
    {"Leader", "Commander of the Libyan National Army", "Commander of the Rapid Support Forces"},
)


def alike(one: str, other: str) -> bool:
    """Tell whether two titles name one office."""
    return one.lower() == other.lower() or any(one in titles and other in titles for titles in SAME)


def claimed(name: str, day: str) -> tuple[Office, ...]:
    """Return the offices that the program claims for the full name on the day, first that which records name."""
    found = readings(name, lexicon=lexicon(), day=day)
    return found[0].held if found and found[0].taken else ()


def recalled() -> Iterator[tuple[str, str]]:
    """Yield each written question with what the answer is: right, wrong, unknown person."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        told = f"{asked['person']} on {asked['day']}: {asked['office']}"
        known = readings(asked["person"], lexicon=lexicon(), day=asked["day"])
        held = [office.title for office in claimed(asked["person"], asked["day"])]
        right = not held if asked["office"] is None else any(alike(asked["office"], title) for title in held)
        first = right and (asked["office"] is None or alike(asked["office"], held[0]))
        verdict = "right" if first else "right, not first" if right else "wrong" if known else "unknown person"
        yield verdict, f"{told}; claimed {held}"


def drawn() -> Iterator[tuple[Person, str, date]]:
    """Yield persons with the sort of question and the day, drawn from the table's terms with exact dates."""
    source = random.Random(SEED)
    exact = [
        (p, o) for p in lexicon().persons.values() for o in p.offices if len(o.start) == 10 == len(o.end or o.start)
    ]
    while True:
        person, office = source.choice(exact)
        first, last = date.fromisoformat(office.start), date.fromisoformat(office.end) if office.end else TODAY
        sort = source.choice(["inside", "day before", "day after", "year before", "year after", "between"])
        day = {
            "inside": first + (last - first) / 2,
            "day before": first - timedelta(1),
            "day after": last + timedelta(1),
            "year before": first - timedelta(365),
            "year after": last + timedelta(365),
        }.get(sort)
        if sort == "between":
            later = [o for o in person.offices if len(o.start) == 10 and o.start > last.isoformat()]
            if not later:
                continue
            day = last + (date.fromisoformat(min(o.start for o in later)) - last) / 2
        if day is not None and day <= TODAY:
            yield person, sort, day


def inside(person: Person, title: str, day: date) -> bool:
    """Tell whether the person has a term in the office that holds the day, by the dates as they stand in the table."""
    return any(
        o.title == title and o.start <= day.isoformat() and (not o.end or day.isoformat()[: len(o.end)] <= o.end)
        for o in person.offices
    )


def by_sentence(coder: Coder, person: Person, day: date) -> list[str]:
    """Return the offices that records of a sentence of the day claim for the person."""
    text = f"{person.name} said on Tuesday that the talks would go on."
    coding = coder.code(article_from_text(text, options=Options(date=day.isoformat())))
    speakers = [s.speaker.actor for s in coding.statements if s.speaker is not None and s.speaker.actor is not None]
    return [actor.office for actor in speakers if actor.office and actor.name == person.name]


def main() -> None:
    """Print the counts and what was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", action="store_true", help="ask through coded sentences, too")
    arguments = parser.parse_args()
    answers = list(recalled())
    print("from memory:", dict(Counter(verdict for verdict, _ in answers)))
    print(*(f"  {verdict}: {told}" for verdict, told in answers if verdict not in {"right"}), sep="\n")
    coder = Coder() if arguments.sentences else None
    counts: Counter[str] = Counter()
    source = drawn()
    for _ in range(DRAWN):
        person, sort, day = next(source)
        for way, titles in (
            ("who", [office.title for office in claimed(person.name, day.isoformat())]),
            ("sentence", by_sentence(coder, person, day) if coder is not None else []),
        ):
            for title in titles:
                held = inside(person, title, day)
                counts[f"{way}: claimed inside the term" if held else f"{way}: CLAIMED OUTSIDE"] += 1
                if not held:
                    print(f"  outside: {person.name}, {title}, {day} ({way}, {sort})")
            counts[f"{way}: no office claimed"] += not titles and (way == "who" or coder is not None)
    print("drawn from the table:", dict(+counts))


if __name__ == "__main__":
    main()
