"""Numbers that stand for themselves, beside what they should be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, as text, and whether that is good enough where there is a target."""

    title: str
    measured: str
    target: str = ""
    is_met: bool | None = None

    @classmethod
    def at_most(cls, title: str, value: float, unit: str, most: float) -> "Figure":
        return cls(title, f"{value:,.1f} {unit}", f"≤ {most:g} {unit}", value <= most)

    @classmethod
    def at_least(cls, title: str, value: float, text: str, least: float) -> "Figure":
        return cls(title, text, f"≥ {least:.2f}", value >= least)

    @property
    def row(self) -> list[str]:
        return [self.title, self.measured, self.target, verdict(self.is_met)]


def verdict(is_met: bool | None) -> str:
    return "" if is_met is None else "met" if is_met else "**not met**"


def table(header: str, rows: list[list[str]]) -> str:
    """In Markdown; the first columns hold words, the others numbers."""
    rule = "|" + "---|" * (header.count("|") - 1)
    return "\n".join([header, rule, *("| " + " | ".join(row) + " |" for row in rows)])
