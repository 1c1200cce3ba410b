"""Pages of our own for a small cluster: reprints, events that two pages tell, a day without a date, a bad row."""

import json
from pathlib import Path

FILES, ROUNDS = 10, 2
REPORT = (
    "The foreign minister of Greece accused Turkey on Thursday of sending a survey vessel into waters that both "
    "countries claim, and said that Athens would raise the matter with its partners before the summit in Brussels. "
    "Two frigates had followed the vessel since dawn, the minister told reporters. Fishermen on the island of "
    "Kastellorizo saw the frigates pass at noon. The two neighbours have argued about the shelf for four decades, "
    "and talks between them broke down in March after a short meeting in Istanbul that ended without a common text."
)
TOLD_AGAIN = (
    "Greece accused Turkey on Thursday of sending a survey vessel into disputed waters near Kastellorizo, where "
    "frigates followed the vessel, before the summit in Brussels. “We will answer,” a spokesman of the ministry said."
)
FILLER = "Kenya urged Somalia on Tuesday to talk about fish, as round {} of the harbour league began in town {}."


def write_pages(folder: Path) -> list[str]:
    """Write files of some rows each, and return their paths. One row is in two of them, one holds no text."""
    folder.mkdir()
    paths = []
    for number in range(FILES):
        rows = [
            {
                "text": FILLER.format(round, number),
                "date": f"2022-02-{1 + (number + round) % 4:02}",
                "outlet": "Daily",
            }
            for round in range(ROUNDS)
        ]
        if number in (2, 5, 9):
            cut = REPORT if number == 2 else REPORT[: -20 * number].rsplit(" ", 1)[0] + "."
            rows.append({"text": cut, "date": f"2022-02-{10 + number // 4}", "outlet": f"Paper {number}"})
        if number in (3, 7):
            rows.append({"text": TOLD_AGAIN + f" Edition {number}.", "date": "2022-02-10", "outlet": f"Post {number}"})
        if number in (4, 8):
            rows.append({"text": "Iran threatened Israel with missiles, a general said.", "outlet": "Wire"})
        if number == 6:
            rows.append({"text": "", "date": "2022-02-10"})
        path = folder / f"{number:02}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        paths.append(str(path))
    return paths
