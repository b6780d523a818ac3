"""The blank collection sheet (采集表) of a book, made to be sent to those who fill it in."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.ledger import AnyLedger
from ui.office import Office
from ui.production import Production, free_name


def make_blank_sheet(office: Office, ledger: AnyLedger, parent: QWidget) -> None:
    """Make it in the desk's folder of papers and tell where it is."""
    name = f"{ledger.title}采集表"
    to = free_name(office.desk.out / f"{name}.xlsx")
    make = partial(office.desk.sheets.template, ledger.id, to)
    Production(office, f"正在生成“{name}”", make, parent).start()
