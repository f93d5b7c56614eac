"""New folders for what a group keeps."""

from pathlib import Path


def made(directory: Path) -> Path:
    directory.mkdir()
    return directory
