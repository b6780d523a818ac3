"""What a few typed words find, off the window's thread; nothing is done until a line is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import Ledger, TableLedger
from hazard_desk.books.kit.offers import Offer, with_letters
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.grams import comparable
from hazard_desk.store.columns import name_of
from hazard_desk.store.search import Hit
from ui.palette.doing import Doing
from ui.palette.lines import BLANK, CAPTURED, PAPER, RECENT, STEP, PaletteLine

_LINES, _VERB_LINES, _RECORDS = 8, 10, 50
_TRIED = 12
"""Records of which is asked what can be done with them."""
_ENOUGH = 2
"""Words from which they may be a sentence of 一句话登记."""


@dataclass(frozen=True)
class _Verb:
    """What can be done with a record of a book: a step, or a paper to print."""

    offer: Offer
    ledger: str
    kind: str
    id: str

    def begins(self, words: Sequence[str]) -> bool:
        """Whether its name begins with what was typed: 复查, alone, means 复查通过 and not 出具复查意见书."""
        said = "".join(words)
        return self.offer.key.startswith(said) or (len(said) > 1 and self.offer.letters.startswith(said))

    def said_by(self, word: str) -> bool:
        """Letters are taken for initials of its beginning alone: they may as well be those of a firm."""
        begun = len(word) > 1 and self.offer.letters.startswith(word)
        return begun or word in self.offer.key


def found(desk: Desk, doing: Doing, lines: Sequence[PaletteLine], typed: str) -> list[PaletteLine]:
    """Return the pages, acts and papers that bear every typed word, what can be done with the records that
    bear the rest of them (复查 红星), the records that bear them all, and 一句话登记 with them."""
    words = comparable(typed).split()
    if not words:
        return []
    offers = with_letters(line.offer for line in lines)
    bearing = [
        (*_far(line, words), place)
        for place, (line, offer) in enumerate(zip(lines, offers, strict=True))
        if all(word in offer.key or word in offer.letters for word in words)
    ]
    acts = [lines[place] for *_, place in sorted(bearing)[:_LINES]]
    verbs = list(_done_with_records(desk, doing, words))[:_VERB_LINES]
    titles = {ledger.id: ledger.title for ledger in desk.ledgers.values()}
    hits = [_record(doing, titles.get(hit.ledger, ""), hit) for hit in desk.find(typed, _RECORDS)]
    rest = [_captured(doing, typed)] if len(words) >= _ENOUGH else []
    done = sorted((*acts, *verbs), key=lambda line: (_far(line, words)[0], line.kind == BLANK))
    return [*done, *hits, *rest]


def recent(desk: Desk, doing: Doing, records: Sequence[str]) -> list[PaletteLine]:
    """Return the records (ledger/id) that were opened or written lately, those that are still there."""
    lines, ledgers = [], desk.ledgers
    for record in records:
        name, _, number = record.partition("/")
        if (ledger := ledgers.get(name)) is not None:
            act = partial(doing.window.open_record, record)
            titles = _titles(ledger, [int(number)]).values()
            lines += [PaletteLine(RECENT, title, ledger.title, act) for title in titles]
    return lines


def _titles(ledger: Ledger, numbers: Sequence[int]) -> dict[int, str]:
    """How the records that are there are called, by their ids: a hazard by its number, unit and place."""
    if isinstance(ledger, TableLedger):
        return {row.id: ledger.headline(row)[0] for row in ledger.rows(numbers)}
    return {row.id: ledger.name_of(row) for row in ledger.rows(numbers)}


def _far(line: PaletteLine, words: Sequence[str]) -> tuple[bool, bool]:
    """How far a line is from what was typed: one that begins with it is nearer than one that bears it."""
    text = comparable(line.text)
    return not text.startswith(words[0]), not all(word in text for word in words)


def _record(doing: Doing, title: str, hit: Hit) -> PaletteLine:
    return PaletteLine(
        title, hit.title, hit.excerpt, partial(doing.window.open_record, f"{hit.ledger}/{hit.record}")
    )


def _captured(doing: Doing, typed: str) -> PaletteLine:
    return PaletteLine(CAPTURED, f"一句话登记：{typed.strip()}", "", partial(doing.capture, typed.strip()))


def _verbs(desk: Desk) -> list[_Verb]:
    from hazard_desk.papers.catalogue import REPORTS  # every text of a paper comes with it: late

    hazards = desk.hazards.id
    steps = [(step.label, hazards, STEP, step.kind) for step in STEPS.values() if step.after]
    called = {one.id: f"{'出' if one.bound else '打印'}{one.title}" for one in REPORTS.values()}
    papers = [(called[one.id], one.about, PAPER, one.id) for one in REPORTS.values() if one.about]
    told = [*steps, *papers]
    offers = with_letters(Offer(label) for label, *_ in told)
    return [_Verb(offer, *rest) for offer, (_, *rest) in zip(offers, told, strict=True)]


def _done_with_records(desk: Desk, doing: Doing, words: Sequence[str]) -> Iterator[PaletteLine]:
    """What can be done now with the records that bear the words which name no act."""
    wanted: dict[tuple[str, tuple[str, ...]], list[_Verb]] = {}
    for verb in _verbs(desk):
        rest = tuple(word for word in words if not verb.said_by(word))
        if len(rest) < len(words) and (rest or verb.begins(words)):
            wanted.setdefault((verb.ledger, rest), []).append(verb)
    for (ledger, rest), verbs in sorted(wanted.items(), key=lambda one: len(one[0][1])):
        kinds = {verb.kind for verb in verbs}
        for number, title in _meant(desk, ledger, rest, verbs):
            lawful = {kind: _lawful(desk, ledger, number, kind) for kind in kinds}
            for verb in verbs:
                if verb.id in lawful[verb.kind]:
                    yield PaletteLine(verb.kind, verb.offer.text, title, _act(doing, verb, number))


def _meant(desk: Desk, ledger: str, rest: Sequence[str], verbs: Sequence[_Verb]) -> Iterator[tuple[int, str]]:
    """The records that bear the words; without any, the hazards that wait for one of the steps."""
    if rest:
        hits = desk.cabinet.find(" ".join(rest), _TRIED, ledger)
        yield from _titles(desk.ledgers[ledger], [hit.record for hit in hits]).items()
        return
    onward = [STEPS[verb.id] for verb in verbs if verb.kind == STEP and STEPS[verb.id].leads_to]
    states = {str(state) for step in onward for state in step.after}
    if states:
        query = Query({name_of(Hazard.state): sorted(states)}, sort=name_of(Hazard.deadline), limit=_TRIED)
        yield from _titles(desk.hazards, desk.hazards.ids(query)).items()


def _lawful(desk: Desk, ledger: str, number: int, kind: str) -> set[str]:
    """What of a kind can be done with a record now."""
    if kind == STEP:
        return {step.kind for step in desk.hazards.steps(number)}
    from hazard_desk.papers.catalogue import REPORTS

    bound = {report.id for report in REPORTS.values() if report.bound and report.about == ledger}
    return bound | {report.id for report in desk.papers.about(ledger, number)[0]}


def _act(doing: Doing, verb: _Verb, number: int) -> partial[None]:
    if verb.kind == STEP:
        return partial(doing.take_step, number, verb.id)
    return partial(doing.show_paper, verb.id, f"{verb.ledger}/{number}")
