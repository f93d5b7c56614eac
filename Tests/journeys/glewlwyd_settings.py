"""What the tests' Glewlwyd is like: its configuration file, and the issuers that it hosts."""

CONFIGURATION = """
port = {port};
bind_address = "127.0.0.1";
external_url = "{url}";
login_url = "login.html";
api_prefix = "api";
static_files_path = "{directory}/webapp/";
static_files_mime_types = (
    {{ extension = ".html"; mime_type = "text/html" }},
    {{ extension = ".css"; mime_type = "text/css" }},
    {{ extension = ".js"; mime_type = "application/javascript" }},
    {{ extension = ".json"; mime_type = "application/json" }},
    {{ extension = ".woff2"; mime_type = "font/woff2" }}
);
log_mode = "file";
log_file = "{directory}/glewlwyd.log";
log_level = "WARNING";
cookie_same_site = "lax";
admin_scope = "g_admin";
profile_scope = "g_profile";
user_module_path = "{modules}/user";
client_module_path = "{modules}/client";
user_auth_scheme_module_path = "{modules}/scheme";
plugin_module_path = "{modules}/plugin";
hash_algorithm = "SHA512";
database = {{ type = "sqlite3"; path = "{directory}/glewlwyd.sqlite" }};
"""
SCOPES = ["files:read", "files:write"]
# What every issuer here allows and asks for.
ISSUER = {
    "jwt-type": "rsa",
    "jwt-key-size": "256",
    "jwks-show": True,
    "subject-type": "public",
    "name-claim": "mandatory",
    "email-claim": "mandatory",
    "oauth-as-iss-id": True,
    "allow-non-oidc": True,
    "auth-type-code-enabled": True,
    "auth-type-code-revoke-replayed": True,
    "auth-type-client-enabled": True,
    "auth-type-refresh-enabled": True,
    "code-duration": 60,
    "access-token-duration": 3600,
    "refresh-token-duration": 86400,
    "refresh-token-rolling": True,
    "refresh-token-one-use": "always",
    "pkce-allowed": True,
    "pkce-required": True,
    # Without this it takes no client assertions either.
    "request-parameter-allow": True,
    "request-maximum-exp": 3600,
    "client-pubkey-parameter": "pubkey",
    "client-jwks-parameter": "jwks",
    "introspection-revocation-allowed": True,
    "introspection-revocation-allow-target-client": True,
    "oauth-par-allowed": True,
    "oauth-par-required": False,
    "oauth-par-duration": 90,
    "oauth-par-request_uri-prefix": "urn:ietf:params:oauth:request_uri:",
}
