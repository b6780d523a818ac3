"""A draft of an e-mail with files attached, for the office's own mail program; nothing is sent from here."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.saving import save


def write_draft(subject: str, text: str, recipient: str, files: Sequence[Path]) -> Path:
    """Write a draft beside the first of ``files``, with all attached; return the draft (.eml).

    ``X-Unsent`` has mail programs open it for writing, not for reading. Raises ``Trouble``.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = recipient.replace("，", ",")
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as wrong:
            raise Trouble(f"无法读取“{file}”（{wrong.strerror or wrong}），请重新保存后再试") from wrong
        kind, _, subkind = (mimetypes.guess_type(file.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(content, maintype=kind, subtype=subkind, filename=file.name)
    to = files[0].with_suffix(".eml")
    save(message.as_bytes(), to)
    return to
