"""What a measurement is told, and what it tells."""

from dataclasses import dataclass, field
from pathlib import Path

from figures import Figure
from measuring import Plan


@dataclass(frozen=True)
class Bench:
    """The program that is measured, and how thoroughly."""

    binary: Path
    plan: Plan


@dataclass(frozen=True)
class Report:
    """A section in Markdown, and the figures that sum it up."""

    title: str
    text: str
    figures: list[Figure] = field(default_factory=list)
