"""What a provider that behaves answers, and the secrets that go to and fro."""

import json
from secrets import token_urlsafe

ACCESS_TOKEN, REFRESH_TOKEN = f"access-{token_urlsafe()}", f"refresh-{token_urlsafe()}"
CLIENT_SECRET, CODE, KEY = f"client-{token_urlsafe()}", f"code-{token_urlsafe()}", f"key-{token_urlsafe()}"
# None may turn up in the log, on a page or in the clear part of the database.
SECRETS = {
    "access_token": {ACCESS_TOKEN},
    "refresh_token": {REFRESH_TOKEN},
    "client_secret": {CLIENT_SECRET},
    "code": {CODE},
    "key": {KEY},
}
TOKEN = {
    "access_token": ACCESS_TOKEN,
    "refresh_token": REFRESH_TOKEN,
    "token_type": "Bearer",
    "expires_in": 3600,
    "scope": "read write",
}
ACCOUNT = {"id": "sub-1815", "label": "ada@service.example"}
# By what is asked for, which here is the key of the method of connecting, too.
HONEST = {name: json.dumps(answer).encode() for name, answer in {"token": TOKEN, "account": ACCOUNT, "key": {}}.items()}
