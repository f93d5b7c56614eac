"""A grant at a provider that replaces a refresh token with every use."""

import re
from dataclasses import dataclass, field
from secrets import token_urlsafe

TOKEN = re.compile(r"(?P<grant>[\w-]+)\.(?P<kind>access|refresh)\.(?P<generation>\d+)")


@dataclass
class Grant:
    """What a person allowed once; every refresh makes a next generation of both tokens."""

    name: str = field(default_factory=token_urlsafe)
    # Whether a refresh token may come a second time, as long as nobody used the tokens that it was replaced with.
    is_graceful: bool = False
    # In seconds, of access tokens.
    lifetime: int = 3600
    generation: int = 0
    is_over: bool = False
    # The generation of each refresh token that was shown to the provider.
    shown: list[int] = field(default_factory=list)
    # What the portal said shall end.
    ended: set[str] = field(default_factory=set)
    # The newest generation that an app has seen; one before that must never be shown again.
    acknowledged: int = 0
    was_forgotten: bool = False

    def access_token(self, generation: int | None = None) -> str:
        return f"{self.name}.access.{self.generation if generation is None else generation}"

    def refresh_token(self, generation: int | None = None) -> str:
        return f"{self.name}.refresh.{self.generation if generation is None else generation}"

    @property
    def live_access_token(self) -> str | None:
        return None if self.is_over or self.access_token() in self.ended else self.access_token()

    def refresh(self, generation: int) -> bool:
        """Whether there are new tokens; an old token that comes again ends everything."""
        was_lost = generation == self.generation - 1 and self.shown.count(generation) == 1
        self.shown.append(generation)
        self.was_forgotten |= generation < self.acknowledged
        if generation == self.generation or (was_lost and self.is_graceful):
            self.generation += not self.is_over
        else:
            self.is_over = True
        return not self.is_over

    def end(self, token: str) -> None:
        self.ended.add(token)
        self.is_over |= ".refresh." in token
