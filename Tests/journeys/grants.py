"""Credentials that an app has already, as arguments of `connections.create`."""

API_KEY_GRANT = {"integration_name": "sandbox", "type": "SECRET_TEXT", "secret_text": "sk_sandbox_ada_1815"}
OAUTH_GRANT = {
    "integration_name": "sandbox",
    "auth_method_key": "oauth2",
    "access_token": "an access token",
    "refresh_token": "a refresh token",
    "expires_in": 3600,
    "scope_oauth": "profile email",
    "data": {"team": "blue"},
}
OAUTH_CREDENTIALS = {
    "accessToken": "an access token",
    "tokenType": "Bearer",
    "scopes": ["profile", "email"],
    "data": {"team": "blue"},
}
MAIL_SERVER = {"host": "smtp.example.com", "port": "587", "security": "starttls"}
# For each type: what the app gives, and what it gets back as credentials.
GRANTS = {
    "SECRET_TEXT": (API_KEY_GRANT, {"secretText": "sk_sandbox_ada_1815"}),
    "BASIC_AUTH": (
        {"integration_name": "smtp", "username": "ada", "password": "pä ss", "props": MAIL_SERVER},
        {"username": "ada", "password": "pä ss"},
    ),
    "CUSTOM_AUTH": (
        {"integration_name": "freshsales", "props": {"domain": "acme", "api_key": "a key"}},
        {"props": {"domain": "acme", "api_key": "a key"}},
    ),
    "OAUTH2": (OAUTH_GRANT, OAUTH_CREDENTIALS),
    "PLATFORM_OAUTH2": (OAUTH_GRANT, OAUTH_CREDENTIALS),
}
