"""The seal of one desk: its recovery code and key, where this computer has them, and the acts about them."""

from __future__ import annotations

from collections.abc import Callable

from hazard_desk.errors import Refused
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.place import user_folder
from hazard_desk.store.seal.code import new_code
from hazard_desk.store.seal.keys import CHECK, DESK_ID, NO_CODE, Keys

TOLD = "recovery_code"
"""Setting: whether the code was ``SHOWN`` or ``PRINTED``, '' when neither."""
YEARS, DEFAULT_YEARS = "informant_years", "3"
"""Setting: after how many years it is proposed to erase an informant; how many at first."""
SHOWN, PRINTED = "shown", "printed"
_LEDGER = "settings"


class Seal:
    """Opens what is sealed while this computer has the desk's recovery code."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet
        self._master: bytes | None = None

    @property
    def code(self) -> str:
        """The desk's recovery code, '' where this computer does not have it. Not to be shown without act."""
        code = self._keys.code
        return code if code and self._keys.check(code) == self.cabinet.setting(CHECK) else ""

    @property
    def locked(self) -> bool:
        """Whether the desk is sealed by a code that this computer does not have."""
        return self.master is None and bool(self.cabinet.setting(CHECK))

    @property
    def master(self) -> bytes | None:
        """The key that seals the key of every informant; None where this computer lacks the code."""
        if self._master is None and (code := self.code):
            self._master = self._keys.master(code)
        return self._master

    @property
    def in_the_safe(self) -> bool:
        """Whether the code was printed once; until then the clerk is reminded."""
        return self.cabinet.setting(TOLD) == PRINTED

    @property
    def never_shown(self) -> bool:
        """Whether the clerk was never told of the code."""
        return not self.cabinet.setting(TOLD)

    def begin(self, act: Act) -> None:
        """Make the code of a desk that has none, within an act. Raises ``Trouble`` when it cannot be kept."""
        if not self.cabinet.setting(CHECK):
            self.cabinet.set(act, CHECK, self._keys.check(self._keys.make()))
            self.cabinet.set(act, YEARS, DEFAULT_YEARS)

    def unlock(self, code: str) -> Change:
        """Keep the desk's code, typed anew, on this computer. Raises ``Refused`` for a slip or another's."""
        if self._keys.check(code) != self.cabinet.setting(CHECK):
            raise Refused("这是另一个台账的恢复码，请找出本台账的恢复码再输入", "code")
        self._keys.unlock(code)
        with self.cabinet.act("seal.unlock", _LEDGER, Undo.FINAL) as act:
            act.done("在这台电脑上输入恢复码，举报人信息可以查看")
        return act.result

    def show(self, put: Callable[[str], object]) -> Change:
        """Have ``put`` show the code; that it did goes into the trail. ``Refused`` where it is not here."""
        return self._give("seal.show", "查看恢复码", PRINTED if self.in_the_safe else SHOWN, put)

    def print(self, put: Callable[[str], object]) -> Change:
        """Have ``put`` print the code; that it did goes into the trail. ``Refused`` where it is not here."""
        return self._give("seal.print", "打印恢复码", PRINTED, put)

    def renew(self) -> Change:
        """Begin with a new code because the old one is lost: what it sealed is never to be read again.

        Raises ``Refused`` where this computer has the old one.
        """
        if not self.locked:
            raise Refused("这台电脑上有本台账的恢复码，不必更换")
        with self.cabinet.act("seal.renew", _LEDGER, Undo.FINAL) as act:
            code = self._keys.unlock(new_code())
            self.cabinet.set(act, CHECK, self._keys.check(code))
            self.cabinet.set(act, TOLD, "")
            act.done("原恢复码丢失，换用新的恢复码；以前登记的举报人信息不能再查看")
        return act.result

    def _give(self, name: str, title: str, told: str, put: Callable[[str], object]) -> Change:
        code = self.code
        if not code:
            raise Refused(NO_CODE)
        with self.cabinet.act(name, _LEDGER, Undo.FINAL) as act:
            self.cabinet.set(act, TOLD, told)
            act.done(title)
            put(code)
        return act.result

    @property
    def _keys(self) -> Keys:
        return Keys(self.cabinet.setting(DESK_ID), user_folder())
