"""Quotation marks as Chinese writes them: within “” stand ‘’."""


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks: 每月“五进”活动 gives “每月‘五进’活动”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
