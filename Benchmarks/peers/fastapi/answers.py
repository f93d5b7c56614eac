"""The answer to a resolve, as pydantic checks and writes it."""

from datetime import UTC, datetime

from models import Connection, Renewal
from pydantic import BaseModel


class Account(BaseModel):
    id: str
    label: str | None


class Refresh(BaseModel):
    nextAttemptAt: str | None
    failures: int
    lastError: str | None
    outcome: str


class ConnectionView(BaseModel):
    id: str
    externalId: str
    displayName: str
    integrationName: str
    authMethodKey: str
    type: str
    status: str
    statusReason: str | None
    scope: str
    workspaceId: str | None
    endUserId: str | None
    account: Account | None
    grantedScopes: list[str]
    expiresAt: str | None
    lastRefreshedAt: str | None
    refresh: Refresh | None
    createdAt: str
    updatedAt: str


class Resolved(BaseModel):
    connection: ConnectionView


def view(found: Connection) -> ConnectionView:
    return ConnectionView(
        id=found.id,
        externalId=found.external_id,
        displayName=found.display_name,
        integrationName=found.integration_name,
        authMethodKey=found.auth_method_key,
        type=found.type,
        status=found.status,
        statusReason=found.status_reason,
        scope=found.scope,
        workspaceId=found.workspace_id,
        endUserId=found.end_user and found.end_user.external_id,
        account=Account(id=found.account_id, label=found.account_label) if found.account_id else None,
        grantedScopes=found.granted_scopes,
        expiresAt=time_text(found.expires_at),
        lastRefreshedAt=time_text(found.last_refreshed_at),
        refresh=refresh(found.renewal),
        createdAt=time_text(found.created_at),
        updatedAt=time_text(found.updated_at),
    )


def refresh(renewal: Renewal | None) -> Refresh | None:
    if renewal is None:
        return None
    is_uncertain = renewal.sent_version is not None and renewal.held_until is None
    return Refresh(
        nextAttemptAt=time_text(renewal.due_at),
        failures=renewal.failures,
        lastError=renewal.last_error,
        outcome="uncertain" if is_uncertain else "known",
    )


def time_text(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
