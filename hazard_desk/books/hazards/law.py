"""What makes a step unlawful where it stands: a guard for each step that has one."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.hazards.step import HAPPENED_ON, Event, Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import ahead
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import absent
from hazard_desk.rules.states import MAJOR, UNRECTIFIED
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import Made, name_of

FIVE: dict[Made, str] = {
    Hazard.responsible: "责任",
    Hazard.measures: "措施",
    Hazard.funds: "资金",
    Hazard.deadline: "时限",
    Hazard.contingency: "预案",
}
"""The five commitments (五落实): fact of the hazard -> its one-word name."""
COMMITMENTS = {name_of(made): word for made, word in FIVE.items()}


def missing_commitments(facts: Hazard) -> list[str]:
    """Return the names of the commitments (责任 措施 资金 时限 预案) that are not there yet."""
    return [word for name, word in COMMITMENTS.items() if absent(facts.get(name))]


def supervised(facts: Hazard) -> bool:
    """Whether the hazard is listed for supervision (挂牌督办), on whatever day, and not removed from it."""
    listed = facts.supervision_on is not None or bool(facts.supervision_level)
    return listed and facts.supervision_removed_on is None


def overdue(state: str, deadline: date | None, today: date) -> bool:
    """Whether the rectification deadline has passed and the hazard is not rectified."""
    return deadline is not None and deadline < today and state in UNRECTIFIED


def unfounded(facts: Hazard) -> dict[str, str]:
    """A major hazard is judged by a criterion; return what is lacking, a sentence by field."""
    if facts.level == MAJOR and not facts.criterion:
        return {name_of(Hazard.criterion): "重大隐患请填写“判定依据”，写明判定标准和条款"}
    return {}


def unregistrable(facts: Hazard, today: date) -> dict[str, str]:
    """No discovery lies ahead, no deadline before it; return what is wrong, a sentence by field."""
    problems: dict[str, str] = {}
    if ahead(facts.found_on, today):
        problems[name_of(Hazard.found_on)] = "“发现日期”不能晚于今天"
    if _before(facts.deadline, facts.found_on):
        problems[name_of(Hazard.deadline)] = "“整改时限”不能早于发现日期"
    return problems


def rectifiable(step: Step, event: Event, facts: Hazard) -> None:
    """Not rectified on the very day: all five commitments must stand (S0 三（二）)."""
    missing = missing_commitments(facts)
    if event.happened_on != facts.found_on and missing:
        raise Refused(f"未在发现当日整改的隐患，须先落实“五落实”，现缺：{'、'.join(missing)}", HAPPENED_ON)


def rechecked_by_another(facts: Hazard) -> bool:
    """Whether a major hazard was rechecked by somebody other than who rectified it; True for the others."""
    return facts.level != MAJOR or not set(facts.rechecked_by) <= set(facts.rectified_by)


def closable(step: Step, event: Event, facts: Hazard) -> None:
    """A major hazard is rechecked by somebody other than who rectified it."""
    if not rechecked_by_another(facts):
        raise Refused(
            "重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查",
            name_of(Hazard.signed_off_by),
        )


def supervision_done(step: Step, event: Event, facts: Hazard) -> None:
    """What was listed for supervision is accepted by its supervisor before it is signed off."""
    if supervised(facts) and facts.supervision_accepted_on is None:
        raise Refused("该隐患正在挂牌督办，销号前请先办理“督办验收”", HAPPENED_ON)


def deadline_after_discovery(step: Step, event: Event, facts: Hazard) -> None:
    """The deadline that is committed to lies not before the day of discovery."""
    if _before(event.said.deadline, facts.found_on):
        raise Refused(f"整改时限不能早于发现日期{facts.found_on.isoformat()}", name_of(Hazard.deadline))
    _deadline_kept(event, facts)


def later_deadline(step: Step, event: Event, facts: Hazard) -> None:
    """An extension moves the deadline back."""
    old = facts.deadline
    if old is not None and not _before(old, event.said.deadline):
        raise Refused(f"延期后的整改时限须晚于原时限{old.isoformat()}", name_of(Hazard.deadline))


def notice_deadline(step: Step, event: Event, facts: Hazard) -> None:
    """A notice sets a deadline that lies ahead."""
    if _before(event.said.deadline, event.happened_on):
        raise Refused("限期整改的时限不能早于下发日期", name_of(Hazard.deadline))
    _deadline_kept(event, facts)


def _deadline_kept(event: Event, facts: Hazard) -> None:
    """Once committed to, a deadline moves back only by an extension, which somebody approves."""
    old = facts.deadline
    if old is not None and not missing_commitments(facts) and _before(old, event.said.deadline):
        raise Refused(
            f"已定的整改时限是{old.isoformat()}，要推后请办理“延期”，写明原因和批准人",
            name_of(Hazard.deadline),
        )


def noticed(step: Step, event: Event, facts: Hazard) -> None:
    """A recheck notice answers a notice and tells a recheck."""
    if not facts.notice_number:
        raise Refused("出具复查意见书前，须先下发限期整改意见书", name_of(Hazard.recheck_number))
    if not facts.rechecked_on:
        raise Refused("出具复查意见书前，须先登记复查结果", name_of(Hazard.recheck_number))


def not_supervised(step: Step, event: Event, facts: Hazard) -> None:
    """A hazard is listed for supervision once, with a deadline that lies ahead."""
    if supervised(facts):
        raise Refused("该隐患已挂牌督办，尚未摘牌", name_of(Hazard.supervision_number))
    if _before(event.said.supervision_deadline, event.happened_on):
        raise Refused("督办时限不能早于挂牌日期", name_of(Hazard.supervision_deadline))


def under_supervision(step: Step, event: Event, facts: Hazard) -> None:
    """The step is one of a supervision that stands."""
    if not supervised(facts):
        raise Refused(f"该隐患未挂牌督办，不能办理{quoted(step.label)}", HAPPENED_ON)


def later_supervision(step: Step, event: Event, facts: Hazard) -> None:
    """An extension of a supervision moves its deadline back."""
    under_supervision(step, event, facts)
    old = facts.supervision_deadline
    if old is not None and not _before(old, event.said.supervision_deadline):
        raise Refused(f"延期后的督办时限须晚于原时限{old.isoformat()}", name_of(Hazard.supervision_deadline))


def accepted(step: Step, event: Event, facts: Hazard) -> None:
    """A supervision ends after its acceptance."""
    under_supervision(step, event, facts)
    if facts.supervision_accepted_on is None:
        raise Refused("摘牌前须先办理“督办验收”", HAPPENED_ON)


def _before(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first < second
