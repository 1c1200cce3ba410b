"""The measures of events on small gold sentences whose figures can be counted by hand."""

from communique.evaluate.events import GoldEvent, GoldSentence, Prediction, Side, figures, prediction
from communique.evaluate.measures import Score

NOR, SWE, FIN = Side("NOR", "GOV"), Side("SWE", "GOV"), Side("FIN")


def measured(gold, *found):
    sentence = GoldSentence("1", "Oslo met Stockholm.", events=gold)
    return figures([(sentence, Prediction("1", found))])


def event(kind, source=(), target=()):
    return GoldEvent(kind, tuple(source), tuple(target))


def test_the_gold_itself_is_all_right():
    made = measured((event("CONSULT", [NOR], [SWE]),), event("CONSULT", [NOR], [SWE]))
    assert set(made.scores.values()) == {Score(1, 1, 1)}
    assert made.types == {"CONSULT": Score(1, 1, 1)}
    assert "extra events per sentence 0.000" in made.lines()


def test_older_names_are_read_as_todays():
    assert measured((event("DEMAND", [NOR], [SWE]),), event("REQUEST", [NOR], [SWE])).scores["triple"].right == 1


def test_two_sources_without_target_act_on_each_other():
    gold = (event("CONSULT", [NOR, SWE]),)
    assert measured(gold, event("CONSULT", [NOR], [SWE]), event("CONSULT", [SWE], [NOR])).scores["triple"].right == 1


def test_dyads_of_one_type_are_one_event():
    made = measured((event("AID", [NOR], [SWE, FIN]),), event("AID", [NOR], [SWE]), event("AID", [NOR], [FIN]))
    assert made.scores["triple"] == Score(1, 1, 1)


def test_the_type_counts_without_the_actors_and_the_sector_only_where_asked():
    made = measured((event("AID", [NOR], [SWE]),), event("AID", [Side("NOR", "MIL")], [SWE]))
    assert made.scores["triple"].right == 1 and made.scores["triple sector"].right == 0
    made = measured((event("AID", [NOR], [SWE]),), event("AID", [FIN], [SWE]))
    assert made.scores["type"].right == 1 and made.scores["triple overlap"].right == 0
    assert made.sides["source country exact"] == Score(0, 1, 1)


def test_an_event_beyond_the_gold_is_extra_and_its_type_counts_against_precision():
    made = measured((event("AID", [NOR], [SWE]),), event("AID", [NOR], [SWE]), event("ASSAULT", [NOR], [SWE]))
    assert made.scores["type"] == Score(1, 2, 1)
    assert made.types["ASSAULT"] == Score(0, 1, 0)
    assert "extra events per sentence 1.000" in made.lines()
    assert not any(line.strip().startswith("ASSAULT") for line in made.lines())


def test_the_same_sentence_with_other_marks_is_one_unit():
    gold = [GoldSentence("1", "Oslo met Riga.", "AID", (NOR,), (SWE,)), GoldSentence("2", "“Oslo met Riga”", "ACCUSE")]
    made = figures(zip(gold, [Prediction("1", (event("ACCUSE"),)), Prediction("2", ())], strict=True))
    assert made.sentences == 1 and made.scores["type"] == Score(1, 1, 2)


def test_a_coded_sentence_gives_its_events_and_announced_acts_the_codebooks_type(coder):
    gold = GoldSentence("1", "Norway’s foreign minister will visit Sweden next week.", "AGREE", (NOR,), (SWE,))
    coding = coder.code(gold.article())
    assert [e.event for e in prediction(gold, coding, planned=True).events] == ["AGREE"]
    (made,) = prediction(gold, coding, planned=False).events
    assert made.event == "CONSULT" and made.source[0].code == "NOR" and made.target[0].code == "SWE"
