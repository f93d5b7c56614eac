"""What everything has to be and what it is, line by line."""


class Table:
    """`problems` are the lines where that is not the same."""

    def __init__(self):
        self.rows: list[tuple[str, str, str]] = []
        self.problems: list[str] = []

    def same(self, what: str, expected: object, found: object) -> None:
        self._note(what, str(expected), str(found), expected == found)

    def within(self, what: str, least: float, most: float, found: float) -> None:
        self._note(what, f"{least:g} to {most:g}", f"{found:.3g}", least <= found <= most)

    def _note(self, what: str, expected: str, found: str, is_right: bool) -> None:
        self.rows.append((what, expected, found))
        if not is_right:
            self.problems.append(f"{what}: expected {expected}, found {found}")

    def print(self) -> None:
        for what, expected, found in self.rows:
            print(f"{what:50} {expected:40} {found}")
