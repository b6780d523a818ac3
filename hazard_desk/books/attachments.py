"""附件: photos before and after, signed scans and other files, on any record of any ledger.

The row says what the file is and whose; the content stands in the desk's ``attachments`` by its
SHA-256. A photo is kept upright, small and without its place; anything else as it came.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import peewee

from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.errors import Fault, Refused, Trouble
from hazard_desk.rules.fields import Field, Kind, Row, clean, read_all
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, column, computed, declared, name_of
from hazard_desk.store.files import (
    FileState,
    FileStore,
    copy_out,
    file_state,
    is_dangerous,
    is_sound,
    refuse_unfit,
    safe_name,
    suffix_of,
)
from hazard_desk.store.opened import OpenedCopies
from hazard_desk.store.photos.reading import Photo, picture, read_photo
from hazard_desk.store.troubles import troubles

LABELS = ("整改前照片", "整改后照片", "签字扫描件", "文件", "其他")
BEFORE, AFTER, SIGNED, FILE, OTHER = LABELS
PHOTO_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".png",
    ".bmp",
    ".webp",
    ".tif",
    ".tiff",
    ".heic",
    ".heif",
    ".avif",
    ".gif",
)
"""Whose content is looked at. A camera's raw file is a TIFF too, but must stay what it is."""
KEPT_DAYS = 30
"""So long the file of a removed attachment stays, for the removal to be taken back."""


class AttachmentRow(Record, table="attachment", indexes=((("ledger", "record"), False),)):
    """One file on one record. ``record`` is the record's id in ``ledger``; a removed row stays, marked."""

    ledger = peewee.TextField()
    record = peewee.IntegerField()
    entry = peewee.IntegerField(null=True)
    """The number of the hazard's event that it proves, or None."""
    replaces = peewee.IntegerField(null=True)
    """The id of the attachment that this is a new version of, or None."""
    paper = peewee.TextField(default="")
    """The paper of which this is the signed copy, '' for what is none."""
    document = peewee.IntegerField(null=True)
    """The id of the document issued of which this is the signed copy, or None."""
    label = column("附件类别", Kind.CHOICE, required=True, choices=LABELS, width=7)
    name = column("文件名", given=True, width=18)
    size = column("大小", Kind.INTEGER, given=True, unit="字节", width=7)
    sha256 = peewee.TextField()
    suffix = peewee.TextField()
    is_photo = column("图片", Kind.BOOL, given=True, width=4)
    taken_on = column("拍摄时间", Kind.MOMENT, given=True, width=9)
    added_at = column("添加时间", Kind.MOMENT, given=True, width=9)
    who = column("添加人", given=True, width=6)
    note = column("说明", width=14)
    removed_at = peewee.DateTimeField(null=True)
    state = column("文件状态", Kind.CHOICE, choices=tuple(FileState), width=6, computed=True)
    dangerous = column("打开前须确认", Kind.BOOL, width=6, computed=True)
    version_of = column("版本", width=14, computed=True)


class Attachments:
    """The files on the records of a desk; ``folder`` is the desk's."""

    id = "attachments"
    title = "附件"
    noun = "附件"

    def __init__(self, cabinet: Cabinet, folder: Path) -> None:
        self.cabinet = cabinet
        self._files = FileStore(folder)
        self._opened = OpenedCopies(folder)

    @property
    def fields(self) -> tuple[Field, ...]:
        return declared(AttachmentRow) + computed(AttachmentRow)

    def entry_fields(self) -> tuple[Field, ...]:
        """Return what the form for an attachment asks for: which kind, and a note."""
        return tuple(field for field in declared(AttachmentRow) if not field.given)

    @staticmethod
    def is_picture(source: Path) -> bool:
        """Whether a file is a picture by its name."""
        return suffix_of(source.name) in PHOTO_SUFFIXES

    # Acts

    def add(
        self,
        ledger: str,
        record: int,
        source: Path | bytes,
        name: str = "",
        label: str = OTHER,
        entry: int | None = None,
        note: str = "",
    ) -> Change:
        """Put a file on a record; ``name`` is needed only where ``source`` has none or another is wanted.

        A picture that cannot be drawn is kept as an ordinary file. Raises ``Refused`` for a file that is
        missing, empty or too large, ``RefusedFields`` for the label or note, ``Trouble`` for the disk.
        """
        row = AttachmentRow(self._read(label, note), ledger=ledger, record=record, entry=entry)
        with self.cabinet.act("attachments.add", self.id) as act:
            act.done(*self._put(act, row, source, name))
        return act.result

    def add_all(
        self, ledger: str, record: int, sources: Sequence[Path | bytes], label: str = OTHER, note: str = ""
    ) -> Change:
        """Put several files on a record in one act: all of them or none. Raises as ``add`` does."""
        row = AttachmentRow(self._read(label, note), ledger=ledger, record=record, entry=None)
        with self.cabinet.act("attachments.add", self.id) as act:
            told = [self._put(act, row, source, "") for source in sources]
            title = told[0][0] if len(told) == 1 else f"添加{len(told)}个附件（{row.label}）"
            act.done(title, *(number for _, number in told))
        return act.result

    def add_each(self, placed: Sequence[PlacedFile], title: str = "") -> Change:
        """Put files on their records in one act (``title``): all of them or none. Raises as ``add``."""
        with self.cabinet.act("attachments.add", self.id) as act:
            for one in placed:
                row = AttachmentRow(self._read(one.label, one.note), ledger=one.ledger, record=one.record)
                row.entry, row.paper, row.document = None, one.paper, one.document
                told, number = self._put(act, row, one.source, one.name)
                act.done(told, number)
            if title or len(placed) > 1:
                records = len({(one.ledger, one.record) for one in placed})
                act.done(title or f"添加{len(placed)}个附件，分在{records}条记录")
        return act.result

    def add_version(self, number: int, source: Path) -> Change:
        """Take a changed copy of an attachment in as a new version of it; the old one stays as evidence.

        Raises ``Refused`` when nothing was changed or it is kept already, and as ``add`` does.
        """
        old = self.get(number)
        refuse_unfit(source, source.name)
        if is_sound(source, old.sha256):
            raise Refused(f"“{source.name}”和原来的附件完全一样，没有修改，不用存为新版本")
        if (same := self._kept_as(old, source)) is not None:
            raise Refused(f"“{source.name}”已经存过了，就是附件“{same.name}”")
        row = AttachmentRow(label=old.label, note=old.note, ledger=old.ledger, record=old.record)
        row.entry, row.replaces = old.entry, number
        row.paper, row.document = old.paper, old.document
        with self.cabinet.act("attachments.add_version", self.id) as act:
            told, added = self._put(act, row, source, "")
            act.done(f"{told}，是“{old.name}”的新版本", added)
        return act.result

    def relabel(self, number: int, label: str, note: str = "") -> Change:
        """Change what an attachment is called and said of it. Raises ``RefusedFields``."""
        row = self.get(number)
        values = self._read(label, note)
        with self.cabinet.act("attachments.relabel", self.id) as act:
            act.update(AttachmentRow, number, values)
            act.done(f"修改附件{_called(AttachmentRow(row, **values))}", number)
        return act.result

    def remove(self, number: int) -> Change:
        """Take an attachment off its record; the file stays for ``KEPT_DAYS`` days."""
        row = self.get(number)
        with self.cabinet.act("attachments.remove", self.id) as act:
            act.update(AttachmentRow, number, {name_of(AttachmentRow.removed_at): act.at})
            act.done(f"删除附件{_called(row)}", number)
        return act.result

    def remove_with(self, act: Act, ledger: str, record: int) -> None:
        """Within the act that removes a record, take off its attachments too.

        SQLite may give the id of the last record to a new one, which must not inherit them.
        """
        for row in self.of(ledger, record):
            act.update(AttachmentRow, row.id, {name_of(AttachmentRow.removed_at): act.at})

    def move_with(self, act: Act, ledger: str, gone: int, stays: int) -> None:
        """Within the act that merges a record into another, take its attachments over."""
        of_it = (AttachmentRow.ledger == ledger) & (AttachmentRow.record == gone)
        for number in self.cabinet.numbers(AttachmentRow.select(AttachmentRow.id).where(of_it)):
            act.update(AttachmentRow, number, {name_of(AttachmentRow.record): stays})

    # Reading

    def of(self, ledger: str, record: int) -> list[AttachmentRow]:
        """Return the attachments of a record as they came, with the state of their files."""
        of_it = (AttachmentRow.ledger == ledger) & (AttachmentRow.record == record)
        return [self._finish(row) for row in self._rows(of_it)]

    def get(self, number: int) -> AttachmentRow:
        """Return one attachment; ``Refused`` when it is gone."""
        for row in self._rows(AttachmentRow.id == number):
            return self._finish(row)
        raise Refused("这个附件已不存在，请刷新后再看")

    def thumbnail(self, row: AttachmentRow, px: int = 160) -> bytes | None:
        """Return a JPEG of at most ``px`` × ``px`` of a photo; None for other, missing and damaged files."""
        path, digest = self.path(row), row.sha256
        if not row.is_photo or file_state(path, row.size or 0) is not FileState.SOUND:
            return None
        made = self._files.thumb(digest, px)
        if made is None and is_sound(path, digest):
            with troubles(path), path.open("rb") as stream:
                made = picture(stream, px)
            if made:
                self._files.keep_thumb(digest, px, made)
        return made

    def export_to(self, row: AttachmentRow, folder: Path) -> Path:
        """Copy the file into ``folder`` under its own name, made safe for Windows; return where it stands.

        Raises ``Trouble`` when the file is missing or damaged, or the disk fails.
        """
        path = self.path(row)
        if file_state(path, row.size or 0) is FileState.MISSING:
            raise Trouble(f"附件“{row.name}”的文件缺失，请用备份恢复")
        return copy_out(path, row.sha256, folder / safe_name(row.name, row.suffix))

    def content(self, row: AttachmentRow) -> bytes:
        """Return what the file holds. Raises ``Trouble`` when it is missing or damaged."""
        path = self.path(row)
        if not is_sound(path, row.sha256):
            raise Trouble(f"附件“{row.name}”的文件缺失或已损坏，请用备份恢复")
        with troubles(path):
            return path.read_bytes()

    def copy_to_open(self, row: AttachmentRow) -> Path:
        """Return a read-only copy under the file's own name, for another program to open.

        Raises ``Trouble`` when the file is missing or damaged, or the disk fails.
        """
        return self._opened.give(self.path(row), row.sha256, safe_name(row.name, row.suffix))

    def changed_copies(self, row: AttachmentRow) -> list[Path]:
        """Return what another program saved beside or over the copy and is not kept yet, the newest first."""
        return [file for file in self._opened.changed(row.sha256) if self._kept_as(row, file) is None]

    def copies_of(self, row: AttachmentRow) -> Path:
        """Return the folder where the copies to open stand."""
        return self._opened.place(row.sha256)

    def put_copies_away(self) -> None:
        """Delete the copies that were opened and never changed, and those whose changes are kept."""
        if self._opened.empty:
            return
        rows = self.cabinet.records(AttachmentRow, AttachmentRow.select(AttachmentRow.sha256))
        self._opened.put_away({row.sha256 for row in rows})

    def check(self) -> list[str]:
        """Return a sentence for every file that is missing or not as it was added; reads all files."""
        wrong: list[str] = []
        for row in self._rows():
            stop_if_unwanted()
            path = self.path(row)
            state = file_state(path, row.size or 0)
            if state is FileState.MISSING:
                wrong.append(_fault(row, "缺失"))
            elif state is FileState.WRONG_SIZE or not is_sound(path, row.sha256):
                wrong.append(_fault(row, "已损坏（与添加时不一致）"))
        return wrong

    def sweep(self) -> int:
        """Delete the files that no attachment, kept or lately removed, refers to; return how many."""
        with self.cabinet.together():  # no file comes in meanwhile
            return self._files.sweep(self._needed())

    def set_aside(self, to: Path) -> None:
        """Move the files that no attachment refers to into ``to``: acts that told of them are lost."""
        with self.cabinet.together():
            self._files.set_aside(self._needed(), to)

    # Inside

    def _needed(self) -> set[Path]:
        """The files of what stands or was removed lately; a day that was named makes nothing older."""
        now = min(self.cabinet.clock.now, datetime.now())
        since = AttachmentRow.removed_at >= now - timedelta(days=KEPT_DAYS)
        needed = AttachmentRow.select().where(AttachmentRow.removed_at.is_null() | since)
        return {self.path(row) for row in self.cabinet.records(AttachmentRow, needed)}

    def _kept_as(self, row: AttachmentRow, file: Path) -> AttachmentRow | None:
        """Return the attachment of the same record that holds what is in a file, or None."""
        beside = self._rows(AttachmentRow.ledger == row.ledger, AttachmentRow.record == row.record)
        return next((one for one in beside if is_sound(file, one.sha256)), None)

    def _put(self, act: Act, row: AttachmentRow, source: Path | bytes, name: str) -> tuple[str, int]:
        """Take one file in within an act, so that no sweep comes between the file and its row.

        Returns the sentence that says so and the id.
        """
        name = _name(source, name) or row.label
        refuse_unfit(source, name)
        suffix = suffix_of(name)
        photo = _photo(source) if not suffix or suffix in PHOTO_SUFFIXES else None
        row.name = name
        number = act.insert(AttachmentRow, self._kept(act, row, source, photo, suffix))
        told = f"添加附件{_called(row)}"
        if suffix in PHOTO_SUFFIXES and not (photo and photo.drawn):
            told += "，不能作为图片显示，" + ("去掉拍摄地点等信息后保存" if photo else "按原文件保存")
        return told, number

    def _read(self, label: str, note: str) -> Row:
        told = AttachmentRow()
        told.label, told.note = label, note
        return read_all(declared(AttachmentRow), told, self.cabinet.clock.today)

    def _rows(self, *which: peewee.Expression) -> Iterable[AttachmentRow]:
        select = AttachmentRow.select().where(AttachmentRow.removed_at.is_null(), *which)
        return self.cabinet.records(AttachmentRow, select.order_by(AttachmentRow.id))

    def _kept(
        self, act: Act, row: AttachmentRow, source: Path | bytes, photo: Photo | None, suffix: str
    ) -> AttachmentRow:
        """Take the file in; return a row like this one that says which file and when."""
        made = AttachmentRow(row)
        made.is_photo = photo is not None and photo.drawn
        made.suffix, made.taken_on = (photo.suffix or suffix, photo.taken_on) if photo else (suffix, None)
        kept = self._files.keep(photo.content if photo else source, made.suffix, made.taken_on)
        made.size, made.sha256 = kept.size, kept.sha256
        made.added_at, made.who = act.at, self.cabinet.setting("clerk")
        return made

    def _finish(self, row: AttachmentRow) -> AttachmentRow:
        row.state = str(file_state(self.path(row), row.size or 0))
        row.dangerous, row.version_of = is_dangerous(row.suffix), self._version_of(row)
        return row

    def _version_of(self, row: AttachmentRow) -> str:
        """Return what a new version is a version of, '' for an attachment that is none."""
        old = AttachmentRow.select().where(AttachmentRow.id == row.replaces)
        return "".join(
            f"“{one.name}”（{_day(one)}添加）的新版本" for one in self.cabinet.records(AttachmentRow, old)
        )

    def path(self, row: AttachmentRow) -> Path:
        """Return where the kept file of an attachment stands."""
        return self._files.path(row.sha256, row.suffix)


def _name(source: Path | bytes, name: str) -> str:
    """Return what the file is called: its own name, or the given one with the file's own suffix."""
    given = clean(re.split(r"[\\/]", name)[-1])
    if isinstance(source, bytes):
        return given
    own = clean(source.name)
    if not given:
        return own
    return given if suffix_of(given) else given + suffix_of(own)


def _photo(source: Path | bytes) -> Photo | None:
    if isinstance(source, bytes):
        return read_photo(io.BytesIO(source))
    with troubles(source), source.open("rb") as stream:
        return read_photo(stream)


def _called(row: AttachmentRow) -> str:
    return f"“{row.name}”（{row.label}）"


def _fault(row: AttachmentRow, state: str) -> Fault:
    return Fault(f"{_dated(row)}的文件{state}，请用备份恢复", f"{row.ledger}/{row.record}")


def _dated(row: AttachmentRow) -> str:
    return f"{_day(row)}添加的附件{_called(row)}"


def _day(row: AttachmentRow) -> str:
    return "" if row.added_at is None else row.added_at.date().isoformat()
