"""A photo as an iPhone takes it (HEIC), made a JPEG. Runs in a process apart: the library may end it."""

from __future__ import annotations

from pathlib import Path

import pi_heif

from hazard_desk.apart import Ended
from hazard_desk.store.photos.reading import made_fit


def convert(file: str, to: str) -> int:
    """Write the photo in ``file`` to ``to`` as a JPEG that is fit to keep; its date stands in it."""
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with Path(file).open("rb") as stream:
        Path(to).write_bytes(made_fit(stream, ("HEIF",)).content)
    return Ended.WELL
