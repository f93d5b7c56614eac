"""A key that a person types goes in the body of one form alone, and is not shown again, whatever is wrong with it."""

import re
from html.parser import HTMLParser

import httpx
import pytest
from evidence import kept_by, occurrences

GOOD_KEY = "sk_sandbox_ada_1815"
# Most bytes of a value.
LONGEST = 16384
# What is typed, and the answer's status: the provider is asked, or not at all.
TYPED = {
    "unknown to the provider": ("sk_sandbox_unknown_1969", 422),
    "too long": ("sk_" + "x" * LONGEST, 422),
    "two lines": ("sk_sandbox_first\r\nX-Injected: second", 422),
    "with NUL": ("sk_sandbox_before\0after", 422),
}

# What browsers say of a form that is not on our page.
ELSEWHERE = [
    *({"Origin": origin} for origin in ("https://evil.example", "null", "")),
    *({"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none")),
]


class Boxes(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.forms, self.boxes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "form":
            self.forms.append(dict(attributes))
        elif tag == "input" and dict(attributes).get("name", "").startswith("field."):
            self.boxes.append(dict(attributes))


class Person:
    def __init__(self, portal, mint):
        self.minted = mint(authMethodKey="api_key")
        self.client = httpx.Client(base_url=portal.url, headers={"Origin": portal.url})
        self.page = Boxes(self.client.get(self.minted["connectUrl"]).text)
        [self.box] = self.page.boxes
        self.path = f"/connect/{self.minted['sessionId']}"

    def send(self, key: str, **options) -> httpx.Response:
        form = {"method": "api_key", "display": "page", self.box["name"]: key}
        return self.client.post(self.path, data=form, **options)


@pytest.fixture
def person(portal, mint):
    person = Person(portal, mint)
    yield person
    person.client.close()


def test_box(person):
    assert (person.box["type"], person.box["autocomplete"]) == ("password", "off")
    assert "value" not in person.box
    assert {form["method"].lower() for form in person.page.forms} == {"post"}


@pytest.mark.parametrize(("typed", "status"), TYPED.values(), ids=TYPED)
def test_key_that_is_refused(typed, status, person, portal, weavz):
    answer = person.send(typed)
    assert answer.status_code == status, answer.text
    parts = [part for part in re.split(r"[\r\n\0]+", typed) if part]
    for text in (answer.text, str(answer.headers)):
        assert not [part for part in parts if part in text]
    [box] = Boxes(answer.text).boxes
    assert "value" not in box
    assert weavz.connect.poll(person.minted["token"])["connectionId"] is None
    assert occurrences({"key": set(parts)}, kept_by(portal)) == []


def test_key_in_the_address(person, weavz):
    answer = person.client.get(person.path, params={"method": "api_key", person.box["name"]: GOOD_KEY})
    assert GOOD_KEY not in answer.text
    posted = person.client.post(
        person.path,
        params={person.box["name"]: GOOD_KEY},
        data={"method": "api_key", "display": "page"},
    )
    assert posted.status_code == 422, posted.text
    assert GOOD_KEY not in posted.text
    assert weavz.connect.poll(person.minted["token"])["connectionId"] is None


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_form_of_another_site(headers, person, weavz):
    answer = person.send(GOOD_KEY, headers=headers)
    assert answer.status_code == 403, answer.text
    assert GOOD_KEY not in answer.text
    assert weavz.connect.poll(person.minted["token"])["connectionId"] is None


def test_key_that_is_right(person, portal, weavz):
    answer = person.send(GOOD_KEY)
    assert answer.status_code == 303, answer.text
    assert GOOD_KEY not in str(answer.headers)
    poll = weavz.connect.poll(person.minted["token"])
    assert poll["status"] == "COMPLETED"
    assert occurrences({"key": {GOOD_KEY}}, kept_by(portal)) == []
