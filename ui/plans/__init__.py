"""The windows in which plans come and go."""
