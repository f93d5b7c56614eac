"""The resolve of connections as one would write it with FastAPI and SQLAlchemy."""

import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated

from answers import Resolved, view
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from models import WHOLE, APIKey, Connection, new_session
from pydantic import BaseModel
from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

app = FastAPI()


class Wanted(BaseModel):
    integrationName: str
    workspaceId: str | None = None
    externalId: str
    endUserId: str | None = None


def session() -> Iterator[Session]:
    with new_session() as session:
        yield session


Database = Annotated[Session, Depends(session)]


def api_key(database: Database, bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> APIKey:
    digest = sha256(bearer.credentials.encode()).digest()
    key = database.scalar(select(APIKey).where(APIKey.hash == digest))
    if key is None or (key.expires_at is not None and key.expires_at <= time.time() * 1000):
        raise HTTPException(401, "A valid API key is required")
    return key


@app.post("/api/v1/connections/resolve")
def resolve(wanted: Wanted, database: Database, key: Annotated[APIKey, Depends(api_key)]) -> Resolved:
    found = database.scalar(
        select(Connection)
        .where(
            Connection.organization_id == key.organization_id,
            Connection.integration_name == wanted.integrationName,
            Connection.external_id == wanted.externalId,
            func.coalesce(Connection.workspace_id, literal_column("''")) == (wanted.workspaceId or ""),
        )
        .options(*WHOLE)
    )
    if found is None:
        raise HTTPException(404, "There is no such connection")
    if found.scope == "USER" and (found.end_user is None or found.end_user.external_id != wanted.endUserId):
        raise HTTPException(403, "The connection belongs to another end user")
    return Resolved(connection=view(found))


@app.get("/health")
def health() -> str:
    return "ok"
