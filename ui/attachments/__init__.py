"""The files of a record: the list under it, a photo looked at."""
