"""The dialog around a form: save, save and begin the next, cancel; nothing typed is lost unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QMessageBox, QScrollArea, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.proposing import firm_first, proposed_on, staying
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.rules.fields import Field, Row, Value
from hazard_desk.store.acts import Change
from ui.focus.reading_order import FROM_RIGHT
from ui.forms.draft import Draft
from ui.forms.field_box import box_of
from ui.forms.following import Following
from ui.forms.record_form import RecordForm
from ui.office import Office
from ui.style import GAP, ROOM, px
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, rule, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

_SCROLL_BAR = 12
_SAVE, _ONWARD, _NEXT = "Ctrl+S", "Ctrl+Enter", "Ctrl+Shift+Enter"
Save = Callable[[Row], Change]
MakeForm = Callable[[Iterable[Field], date, QWidget], RecordForm]
Onward = Callable[[Change], object]


class FormDialog(Dialog):
    """Asks for ``fields`` and hands what was typed to ``save``; refused entries are shown in place.

    With a ``ledger`` its earlier entries are offered while typing. What was typed and not saved is kept
    on disk: when the program dies, the same form opens with it.
    """

    saved = Signal(object)

    def __init__(
        self,
        office: Office,
        title: str,
        fields: Iterable[Field],
        save: Save,
        parent: QWidget,
        values: Mapping[str, Value] | None = None,
        help: str = "",
        ledger: Ledger | None = None,
        again: bool = False,
        keep_draft: bool = True,
        form: MakeForm = RecordForm,
        onward: Onward | None = None,
        fresh: bool = False,
        about: str = "",
    ) -> None:
        """``again``: to save and begin the next is offered. ``onward``: what Ctrl+Enter does after saving.

        ``form`` makes what the fields stand in, where that is more than they. ``fresh``: the values are of a
        new record, and what follows from the firm among them is brought in. ``about``: what a record that is
        not there yet is made from; a draft comes back into the form about the same.
        """
        super().__init__(title, parent)
        self._office, self._help = office, help
        self._save, self._again, self._onward = save, again, onward
        asked = firm_first(fields)
        self._start = proposed_on(asked, office.today) | dict(values or {})
        self.question: QMessageBox | None = None
        self.form = form(asked, office.today, self)
        self.form.put(self._start)
        self.banner = label("", self, "problem", wrap=True)
        self.banner.hide()
        self.recovered = QFrame(self)
        key = _key(title, about, self._start)
        self.draft = Draft(office.desk.drafts, key, self.form, self) if keep_draft else None
        self._set_out()
        self._recover()
        self._fit()
        self._bind_keys()
        self.form.focus_first()
        self.form.grown.connect(self._bring_into_sight)
        self.following = Following(office, self.form, ledger, self, fresh)
        office.in_turn(self._grow(), self.form)

    def begin_at(self, name: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        if (box := self.form.focus_on(name)) is not None:
            self._bring_into_sight(box)

    def fill_in(self, values: Mapping[str, Value]) -> None:
        """Begin with what was told elsewhere, as if she had typed it here; a draft is offered back."""
        left = None if self.recovered.isHidden() else self.form.draft()
        self.form.put(self._start)
        self.form.write(values)
        self.following.go_on()
        if left is not None:
            self._offer_back(left)
        self.form.focus_first()

    def save(self) -> None:
        """Save and close; stay open with the complaints when it is refused."""
        if self._try():
            self.done(QDialog.DialogCode.Accepted)

    def save_and_next(self) -> None:
        """Save and empty the form for the next record."""
        stay = staying(self.form.fields, self.form.raw())
        if self._try():
            self.form.put(self._start | stay)
            self.form.put_forward(stay)
            self.following.go_on()
            self.recovered.hide()
            self.area.ensureVisible(0, 0)
            self.form.focus_first()

    def save_and_go_on(self) -> None:
        """Save and close, then do what comes next, if anything does."""
        if change := self._try():
            self.done(QDialog.DialogCode.Accepted)
            if self._onward is not None:
                self._onward(change)

    def reject(self) -> None:
        """Close; ask first when something typed would be lost."""
        if not self.form.dirty:
            super().reject()
        elif self.question is None:
            self._ask()

    def put_beside(self, piece: QWidget) -> None:
        """Put what chooses between parts of the form to the left of it."""
        place = self._layout.indexOf(self.area)
        self._layout.removeWidget(self.area)
        both = across(piece, Stretch(self.area), edges=(ROOM, GAP, 0, 0), gap=0)
        self._layout.insertLayout(place, both, 1)

    def _try(self) -> Change | None:
        self.following.settle()
        try:
            change = self._office.perform(partial(self._save, self.form.raw()))
        except RefusedFields as refused:
            self._complain(refused.message, refused.problems)
        except Refused as refused:
            self._complain(refused.message, {refused.field: refused.message})
        except Trouble as trouble:
            self._complain(trouble.message, {})
        else:
            self.banner.hide()
            self._forget()
            self._office.notice(f"已保存：{change.title}", change)
            self.saved.emit(change)
            return change
        return None

    def _grow(self) -> Iterator[None]:
        """Make what the form does not have yet; the field with the cursor is not pushed out of sight."""
        yield from self.form.ask_more()
        if (at := self.form.focusWidget()) is not None:
            self._bring_into_sight(box_of(at) or at)

    def _bring_into_sight(self, box: QWidget) -> None:
        """Scroll to what is shown besides, once it has its place; where the cursor is stays in sight."""

        def scroll() -> None:
            self.area.ensureWidgetVisible(box)
            if (at := self.form.focusWidget()) is not None:
                self.area.ensureWidgetVisible(at)

        QTimer.singleShot(0, box, scroll)

    def _complain(self, sentence: str, problems: Mapping[str, str]) -> None:
        first = self.form.show_problems(problems)
        elsewhere = "；".join(text for name, text in problems.items() if not self.form.holds(name))
        text = elsewhere if first is not None else sentence
        say(self.banner, text)
        if first is not None:
            self._bring_into_sight(first)

    def _ask(self) -> None:
        text = "填写的内容还没有保存，要放弃吗？"
        self.question = ask(self, "尚未保存", text, "放弃", "继续填写", self._drop)
        self.question.finished.connect(self._answered)

    def _answered(self) -> None:
        self.question = None

    def _drop(self) -> None:
        self._forget()
        self.done(QDialog.DialogCode.Rejected)

    def _forget(self) -> None:
        if self.draft is not None:
            self.draft.drop()

    def _recover(self) -> None:
        """Show what was typed before the program ended, with a way to begin anew."""
        self.recovered.setVisible(self.draft is not None and self.draft.restore())

    def start_over(self) -> None:
        """Put the form back to what it began with."""
        self._forget()
        self.form.put(self._start)
        self.recovered.hide()

    def _offer_back(self, left: Row) -> None:
        """What was typed before the program ended gave way to what was told elsewhere: it can be had back."""
        self._came.setText("上次没有保存的内容另外留着。")
        self._begin_anew.setText("换成上次的内容")
        self._begin_anew.clicked.disconnect()
        self._begin_anew.clicked.connect(partial(self._take_back, left))

    def _take_back(self, left: Row) -> None:
        self.form.put(self._start)
        self.form.restore(left)
        self.following.go_on()
        self.recovered.hide()

    def _set_out(self) -> None:
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.form)
        layout = self._layout = down(within=self, gap=0)
        head = down(edges=(ROOM, GAP, ROOM, 0))
        self._about = label(self._help, self, "soft", wrap=True)
        self._about.setVisible(bool(self._help))
        head.addWidget(self._about)
        self._came = label("已恢复上次没有保存的内容。", self.recovered)
        self._begin_anew = button("不要这些内容", self.recovered, self.start_over, role="quiet")
        across(self._came, self._begin_anew, Stretch(), within=self.recovered)
        lay(head, self.recovered, self.banner)
        lay(layout, head, Stretch(self.area), rule(self), self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        layout = across(
            label("带 * 的必填", foot, "small"),
            Stretch(),
            button("取消", foot, self.reject),
            within=foot,
            edges=(ROOM, 10, ROOM, 10),
        )
        if self._again:
            self.next_button = button("保存并新增", foot, self.save_and_next)
            self.next_button.setAutoDefault(True)
            self.next_button.setToolTip(_NEXT)
            layout.addWidget(self.next_button)
        if self._onward is not None:
            onward = button("保存并办下一步", foot, self.save_and_go_on)
            onward.setToolTip(_ONWARD)
            layout.addWidget(onward)
        self.save_button = button("保存", foot, self.save, role="primary")
        self.save_button.setToolTip(_SAVE)
        self.save_button.setDefault(True)
        foot.setProperty(FROM_RIGHT, True)
        layout.addWidget(self.save_button)
        return foot

    def _bind_keys(self) -> None:
        QShortcut(QKeySequence(_SAVE), self, self.save)
        for keys in (_ONWARD, "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self, self.save_and_go_on)
        for keys in (_NEXT, "Ctrl+Shift+Return") if self._again else ():
            QShortcut(QKeySequence(keys), self, self.save_and_next)

    def _fit(self) -> None:
        """As tall as the form wants at its width."""
        self.take_room(760 if len(self.form.boxes) > 4 else 520, 240)
        width = self.width()
        about = self._about.heightForWidth(width - 2 * ROOM) + GAP if self._help else 0
        self.fit(width, max(px(240), self.form.height_at(width - _SCROLL_BAR) + px(90) + about))


def _key(title: str, about: str, start: Row) -> str:
    """Which form this is: its title, and the record that it is about."""
    return f"{title}/{start.get('id') or about or 'new'}"
