"""The integration of which a person picks one board after consent, and the boards that the provider lists."""

from portal import Portal
from state_table import LONG
from walk import switch

NOTHING: dict[str, str] = {}
ONE = {"board-1": "Acme Labs"}
FEW = {"board-3": "Roadmap", "board-1": "Acme Labs", "board-2": "Écoles & co"}
MANY = {f"board-{number}": f"Team {number}" for number in range(1, 30)} | {
    "board-30": LONG,
    "board-31": "A board whose name says at length what belongs to it, and what does not, and why",
    "board-32": "لوحة الفريق",
    "7d9f0c1e-4f5a-4a53-9c7b-2b8f3a1d6e01": "Marketing",
    "7d9f0c1e-4f5a-4a53-9c7b-2b8f3a1d6e02": "Marketing",
}


def offer_boards(portal: Portal, boards: dict[str, str]) -> None:
    """The names by the ids, as the provider answers from now on."""
    listed = [{"id": id, "name": name, "url": f"https://boards.example/{id}"} for id, name in boards.items()]
    switch(portal.sandbox_url, quirks={"sites": {"extraMembers": {"boards": listed}}})
