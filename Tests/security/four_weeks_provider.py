"""A provider by the same calendar: tokens end in their time, and every request for new ones is counted by day."""

from collections import Counter
from dataclasses import dataclass, field

from answer import Answer
from four_weeks_calendar import DAY, Calendar
from judge import Judge
from token_grant import Grant


@dataclass
class MortalGrant(Grant):
    """Ends after so many days, or after so many in which nobody used it."""

    calendar: Calendar | None = None
    days: float | None = None
    idle_days: float | None = None
    issued_at: float = 0
    born_at: float = 0
    requests: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.born_at = self.issued_at = self.calendar.now

    @property
    def live_access_token(self) -> str | None:
        lives = self.calendar.now < self.issued_at + self.lifetime
        return super().live_access_token if lives else None

    def refresh(self, generation: int) -> bool:
        self.is_over |= self.days is not None and self.calendar.now > self.born_at + self.days * DAY
        self.is_over |= self.idle_days is not None and self.calendar.now > self.issued_at + self.idle_days * DAY
        self.issued_at = self.calendar.now
        return super().refresh(generation)


class DatedJudge(Judge):
    """`is_down`: for new tokens and for their end."""

    def __init__(self, calendar: Calendar):
        self._calendar = calendar
        self.is_down = False
        super().__init__()
        # Of a client that stands for itself.
        self.robot = self.new_grant()

    def new_grant(self, **fields) -> MortalGrant:
        grant = MortalGrant(calendar=self._calendar, **fields)
        self.grants[grant.name] = grant
        return grant

    async def _answer(self, address, form: dict[str, str]) -> Answer:
        if address.path == "/token" and form["grant_type"] == "client_credentials":
            self.robot.requests[self._calendar.day] += 1
            self.robot.issued_at = self._calendar.now
            self.robot.generation += 1
            return self._tokens(self.robot)
        if address.path == "/revoke" and self.is_down:
            return Answer(503)
        return await super()._answer(address, form)

    def _decide(self, grant: MortalGrant, generation: int) -> Answer:
        grant.requests[self._calendar.day] += 1
        return Answer(503) if self.is_down else super()._decide(grant, generation)
