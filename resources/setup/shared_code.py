"""Runs first in both programs: takes the modules from the one archive that lies beside them.

PyInstaller puts all modules into each of its programs; two programs would hold them twice.
"""

import os
import sys

import pyimod02_importers  # PyInstaller's own, in every program that it makes

_archive = os.path.join(sys._MEIPASS, "hazard-desk.pyz")
pyimod02_importers.pyz_archive.__init__(_archive, 0, check_pymagic=True)
