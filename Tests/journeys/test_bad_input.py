"""Every field of every body with everything that its schema forbids; the fields come from the OpenAPI document."""

import json
from uuid import uuid4

import jsonschema_rs
import pytest
from portal import REPOSITORY
from refusals import expect_refusal

DOCUMENT = json.loads((REPOSITORY / "Public/openapi.json").read_text())
NASTY = [
    *(None, True, 7, -1, 1.5, 10**30, [], {}, [7], [""], ["a\0b"], ["no origin"], ["a"] * 1001, {"a": 7}),
    *("", " \t ", "a\0b", "a\x7fb", "a\u202eb", "a\u200eb", "\ufeffa", "\n", "a" * 20_000, "é" * 20_000),
    *("No Such Thing", "0192a4c1-7b3e-7c41-9a52", "ada@", "@example.com", "tomorrow", "2030-02-30T12:00:00Z"),
    *("javascript:alert(1)", "http://example.com", "https://user@example.com", "//example.com", "https://"),
    *({"scope": "world"}, {"scope": "workspace"}, {"scope": "workspace", "workspaceIds": []}, {"credentials": "all"}),
]
TOO_MUCH = {"a": "b" * 8192}
# What a schema cannot say.
BEYOND_SCHEMAS = {
    "expiresAt": ["2020-01-01T00:00:00Z"],
    "permissions": [{"workspaceIds": [str(uuid4())]}, {"scope": "workspace", "workspaceIds": [str(uuid4())]}],
    **dict.fromkeys(("metadata", "settings", "data"), [TOO_MUCH]),
}
# The example in the document is one of the first type.
CONNECTIONS = {
    "SECRET_TEXT": {},
    "BASIC_AUTH": {
        "integrationName": "smtp",
        "username": "ada",
        "password": "a",
        "props": {"host": "smtp.example.com"},
    },
    "CUSTOM_AUTH": {"integrationName": "freshsales", "props": {"domain": "acme", "api_key": "a"}},
    "OAUTH2": {"integrationName": "github", "accessToken": "a"},
}
# Decide what else is looked at, so they stay good when all other fields are bad.
DECISIVE = {"type", "integrationName"}


class Operation:
    """One that takes a body: where it goes, a good one, and the schema of each field."""

    def __init__(self, method: str, path: str, described: dict, variant: str | None = None):
        content = described["requestBody"]["content"]["application/json"]
        schema = content["schema"]
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        self.method, self.path = method, path
        self.name = described["operationId"] + (f" {variant}" if variant else "")
        self.good = content["example"] if method == "post" else {}
        self.required = set(schema.get("required", [])) if method == "post" else set()
        self.fields = dict(schema["properties"])
        for branch in schema.get("oneOf", []):
            if jsonschema_rs.is_valid(branch["properties"]["type"], variant):
                self.good = (
                    {"type": variant} | {n: v for n, v in self.good.items() if n != "type"} | CONNECTIONS[variant]
                )
                self.required |= set(branch["required"])
                self.fields |= {name: field for name, field in branch["properties"].items() if name != "type"}

    def bad_values(self, field: str) -> list:
        validator = jsonschema_rs.validator_for(
            self.fields[field] | {"components": DOCUMENT["components"]}, validate_formats=True
        )
        return [value for value in NASTY if not validator.is_valid(value)] + BEYOND_SCHEMAS.get(field, [])


def operations() -> list[Operation]:
    return [
        Operation(method, path, described, variant)
        for path, methods in DOCUMENT["paths"].items()
        for method, described in methods.items()
        if "requestBody" in described
        for variant in (CONNECTIONS if described["operationId"] == "createConnection" else [None])
    ]


OPERATIONS = {operation.name: operation for operation in operations()}
# Reads one field only and has words of its own for it.
CHECKED = {name: operation for name, operation in OPERATIONS.items() if name != "pollConnectSession"}


@pytest.fixture(scope="module")
def send(api, mint):
    """Sends a body, or bytes, to an operation on things that exist."""

    def make(path, **body):
        answer = api.post(f"/api/v1{path}", json=body)
        assert answer.status_code == 201, answer.text
        return next(iter(answer.json().values()))["id"]

    workspace = make("/workspaces", name="Bad input", slug=f"bad-input-{uuid4()}")
    grant = {"type": "SECRET_TEXT", "integrationName": "sandbox", "secretText": "sk_sandbox_ada_1815"}
    ids = {
        "workspaces": workspace,
        "integrations": make(f"/workspaces/{workspace}/integrations", integrationName="github"),
        "oauth-apps": make("/oauth-apps", integrationName="github", clientId="bad-input"),
        "connections": make("/connections", externalId=f"bad-input-{uuid4()}", displayName="Bad input", **grant),
        "end-users": make("/end-users", workspaceId=workspace, externalId="bad-input"),
        "session": mint()["sessionId"],
    }

    def send(operation, body):
        path = operation.path.replace("{workspaceId}", workspace)
        collection, templated, _ = path.partition("/{id}")
        if templated:
            path = path.replace("{id}", ids[collection.rpartition("/")[2]])
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return api.request(operation.method, path, content=content, headers=headers)

    return send


def blamed(answer) -> set[str]:
    """The fields of the body that a refusal names, without what is inside them."""
    fields = expect_refusal(answer, 400, "VALIDATION_ERROR")["fields"]
    assert all(isinstance(problem, str) and problem for problem in fields.values()), fields
    return {name.partition(".")[0].partition("[")[0] for name in fields}


@pytest.mark.parametrize(
    ("operation", "field"), [(operation, field) for operation in CHECKED for field in CHECKED[operation].fields]
)
def test_bad_field(operation, field, send):
    operation = CHECKED[operation]
    bodies = [operation.good | {field: value} for value in operation.bad_values(field)]
    if field in operation.required:
        bodies.append({name: value for name, value in operation.good.items() if name != field})
    for body in bodies:
        assert blamed(send(operation, body)) == {field}, str(body)[:500]


@pytest.mark.parametrize("operation", CHECKED)
def test_all_bad_fields_are_named_at_once(operation, send):
    operation = CHECKED[operation]
    fields = set(operation.fields) - (DECISIVE if "type" in operation.fields else set())
    bad = {field: operation.bad_values(field)[0] for field in fields}
    assert blamed(send(operation, operation.good | bad)) == fields


def test_fields_of_a_form_are_named_at_once(send):
    operation = OPERATIONS["createConnection CUSTOM_AUTH"]
    answer = send(operation, operation.good | {"props": {"domain": "not/a/domain"}})
    expect_refusal(answer, 400, "VALIDATION_ERROR", "props.domain", "props.api_key")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b""),
        (400, b"["),
        (400, b"[]"),
        (400, b"null"),
        (400, b'"name"'),
        (400, b'{"name": "a", "name": "b"}'),
        (400, b'{"metadata": {"a": 1, "\\u0061": 2}}'),
        (400, b'{"metadata": ' + b'{"a": ' * 40_000),
        (400, b'{"metadata": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        (400, b'{"name": "\xed\xa0\x80"}'),
        (400, b'{"name": "\\ud800"}'),
        (400, b'{"name": NaN}'),
        (413, b'{"name": "' + b"a" * 10_485_760 + b'"}'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_body_that_is_no_object(status, body, operation, send):
    answer = send(OPERATIONS[operation], body)
    codes = {400: {"INVALID_JSON", "VALIDATION_ERROR", "MISSING_TOKEN"}, 413: {"PAYLOAD_TOO_LARGE"}}[status]
    assert answer.json()["code"] in codes, answer.text
    expect_refusal(answer, status, answer.json()["code"])


@pytest.mark.parametrize("body", [{}, {"token": None}, {"token": ""}, {"tokens": "cst_a"}])
def test_poll_without_token(body, send):
    expect_refusal(send(OPERATIONS["pollConnectSession"], body), 400, "MISSING_TOKEN")


@pytest.mark.parametrize("token", ["a", "cst_", "cst_a.b.c", "eut_a.b.c", "cst_" + "a" * 20_000, "a\0b", "é"])
def test_poll_with_a_forged_token(token, send):
    expect_refusal(send(OPERATIONS["pollConnectSession"], {"token": token}), 401, "INVALID_TOKEN")


@pytest.mark.parametrize("operation", [name for name in CHECKED if CHECKED[name].method == "patch"])
def test_nothing_to_change(operation, send):
    for body in ({}, {"unknown": 1}):
        expect_refusal(send(CHECKED[operation], body), 400, "NO_UPDATES")
