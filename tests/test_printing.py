"""Proofs and drafts of e-mails: what is looked at is what is saved, what is attached is what was saved."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.mail import write_draft
from hazard_desk.papers.model import Paper
from hazard_desk.printing import write_paper


def test_the_bytes_looked_at_are_the_bytes_saved(desk: Desk, tmp_path: Path) -> None:
    proof = desk.papers.proof("task-table")
    to = proof.save(tmp_path / "分解表.pdf")
    assert to.read_bytes() == proof.pdf
    assert len(proof.sizes) > 1
    assert proof.sizes[0] == pytest.approx((842, 595), abs=1)
    pixels = proof.page(1, 36)
    assert (pixels.width, pixels.height) == pytest.approx((421, 298), abs=1)
    assert set(pixels.content) != {255}, "something stands on the page"


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_proof_is_saved_in_other_formats_too(desk: Desk, tmp_path: Path, ending: str) -> None:
    assert desk.papers.proof("task-table").save(tmp_path / f"a.{ending}").read_bytes().startswith(b"PK")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.docx"):
        write_paper(Paper("样张", ()), tmp_path / "a.doc")


def test_a_draft_carries_the_file_and_is_open_for_writing(desk: Desk, tmp_path: Path) -> None:
    desk.settings.change({"mail_to": "a@example.com，b@example.com"})
    file = desk.papers.print("task-table", tmp_path / "任务 分解表.pdf")
    draft = desk.papers.draft_mail("报送\n任务分解表", file)
    assert draft == tmp_path / "任务 分解表.eml"
    message = message_from_bytes(draft.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "a@example.com, b@example.com"
    assert message["Subject"] == "报送 任务分解表"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "任务 分解表.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == file.read_bytes()
    text = message.get_body()
    assert text is not None
    assert "任务 分解表.pdf" in text.get_content()


def test_without_a_recipient_the_draft_has_none(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK")
    message = message_from_bytes(desk.papers.draft_mail("报送", file).read_bytes(), policy=default)
    assert not message["To"]


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"a\.pdf"):
        write_draft("报送", "", "", [tmp_path / "a.pdf"])


@pytest.mark.parametrize("wrong", ["张三", "a@b", "a@example.com;b@example.com", "a@example.com,"])
def test_a_recipient_that_is_no_address_is_refused(desk: Desk, wrong: str) -> None:
    with pytest.raises(RefusedFields):
        desk.settings.change({"mail_to": wrong})
