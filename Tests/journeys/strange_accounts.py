"""Bodies of answers about the account, and what must come of each."""

import gzip
import json

from honest_answers import ACCOUNT
from outcomes import Connected, unlabelled
from strange_answers import SCRIPT, answering


def account(**members) -> str:
    return json.dumps(ACCOUNT | members)


def doubled(name: str) -> str:
    """The right answer with a member of this name twice besides."""
    return account().replace("{", "{" + f"{json.dumps(name)}: 1, " * 2, 1)


ACCOUNT_ANSWERS = {
    answering("account-of-one-number", account(id=1815)): Connected(account=("1815", ACCOUNT["label"])),
    answering("account-without-label", account(label=None)): Connected(account=(ACCOUNT["id"], ACCOUNT["id"])),
    answering("account-with-script", account(label=SCRIPT)): Connected(
        account=(ACCOUNT["id"], "<script>alert(1)</script>X: y")
    ),
    answering("account-with-long-label", account(label="a" * 60_000)): Connected(account=(ACCOUNT["id"], "a" * 200)),
    answering("account-without-id", account(id=None)): unlabelled(),
    answering("account-as-object", account(id={"a": 1})): unlabelled(),
    answering("account-of-invisible-characters", account(id="\u202e\0")): unlabelled(),
    answering("account-in-a-list", f"[{account()}]"): unlabelled(),
    answering("account-with-doubled-script", doubled(SCRIPT)): unlabelled(),
    answering("account-with-doubled-accents", doubled("e" + "\u0301" * 60_000)): unlabelled(),
    answering("account-empty", ""): unlabelled(),
    answering("account-in-gzip", gzip.compress(account().encode())): unlabelled(),
    answering("account-in-utf-16", account().encode("utf-16")): unlabelled(),
    answering("account-too-deep", "[" * 100_000): unlabelled(),
    answering("account-cut-off", account()[:-1]): unlabelled(),
}
