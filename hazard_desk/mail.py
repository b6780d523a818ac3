"""A draft of an e-mail with a file attached, for the office's own mail program; nothing is sent from here."""

from __future__ import annotations

import mimetypes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.saving import save


def write_draft(subject: str, text: str, recipient: str, file: Path) -> Path:
    """Write a draft beside ``file``, with it attached; return the draft (.eml).

    ``X-Unsent`` has mail programs open it for writing, not for reading. Raises ``Trouble``.
    """
    try:
        content = file.read_bytes()
    except OSError as wrong:
        raise Trouble(f"无法读取“{file}”（{wrong.strerror or wrong}），请重新保存后再试") from wrong
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = recipient.replace("，", ",")
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    kind, _, subkind = (mimetypes.guess_type(file.name)[0] or "application/octet-stream").partition("/")
    message.add_attachment(content, maintype=kind, subtype=subkind, filename=file.name)
    to = file.with_suffix(".eml")
    save(message.as_bytes(), to)
    return to
