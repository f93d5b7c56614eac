"""The cards of the demo's gallery that a person can go through from beginning to end, and what then stands on them."""

from dataclasses import dataclass, field

ADA, GRACE = "ada@sandbox.example", "grace@sandbox.example"
ADA_KEY, NO_KEY = "sk_sandbox_ada_1815", "sk_sandbox_nobody"


@dataclass
class Card:
    """What a person types and decides in the popup, and the words that then stand on the card."""

    name: str
    ends_with: str
    fields: dict[str, str] = field(default_factory=dict)
    refused_fields: dict[str, str] = field(default_factory=dict)
    # What the page says after each try at the provider but the one that works.
    problems: list[str] = field(default_factory=list)
    tries: int = 1
    asks_anybody: bool = True


def typed(name: str, ends_with: str, **more) -> Card:
    return Card(name, ends_with, tries=0, **more)


def failing(name: str, problem: str, **more) -> Card:
    return Card(name, ends_with=problem, problems=[problem], **more)


WORKBENCH = {"Workbench address": "acme", "Access token": ADA_KEY, "Technical contact": "ops@acme.example"}
CARDS = [
    Card("lighthouse", ADA),
    Card("harbour", ADA, fields={"Harbour Desk address": "acme"}),
    typed("keyring", ADA, fields={"API key": ADA_KEY}),
    typed("logbook", GRACE, fields={"User name": "grace", "Password": "grace"}),
    typed("workbench", ADA, fields=WORKBENCH),
    Card("sandbox", ADA),
    failing("ministry", "access was not allowed", asks_anybody=False),
    typed("strongroom", ADA, refused_fields={"API key": NO_KEY}, fields={"API key": ADA_KEY}),
    Card("snail-mail", ADA),
    failing("pothole-maps", "cannot answer just now"),
    failing("badge-office", "does not accept the registration"),
    Card("flicker", ADA, problems=["cannot answer just now"], tries=2),
    failing("masquerade", "did not come from Masquerade"),
    Card("castle-drive", ADA),
    Card("countersign", ADA),
]
