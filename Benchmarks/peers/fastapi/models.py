"""The tables of the portal that a resolve reads, as SQLAlchemy maps them."""

import os

from sqlalchemy import JSON, ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, sessionmaker

# One for each request at the same time: with fewer, requests that hold a connection wait for a thread to go on, while
# the threads wait for connections.
engine = create_engine(f"sqlite:///{os.environ['DATABASE']}", pool_size=64)
new_session = sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class APIKey(Base):
    __tablename__ = "apiKey"

    id: Mapped[str] = mapped_column(primary_key=True)
    organization_id: Mapped[str] = mapped_column("organizationId")
    hash: Mapped[bytes]
    expires_at: Mapped[int | None] = mapped_column("expiresAt")


class EndUser(Base):
    __tablename__ = "endUser"

    id: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column("externalId")


class Renewal(Base):
    __tablename__ = "renewal"

    connection_id: Mapped[str] = mapped_column("connectionId", ForeignKey("connection.id"), primary_key=True)
    failures: Mapped[int]
    due_at: Mapped[int | None] = mapped_column("dueAt")
    last_error: Mapped[str | None] = mapped_column("lastError")
    sent_version: Mapped[int | None] = mapped_column("sentVersion")
    held_until: Mapped[int | None] = mapped_column("heldUntil")


class Connection(Base):
    __tablename__ = "connection"

    id: Mapped[str] = mapped_column(primary_key=True)
    organization_id: Mapped[str] = mapped_column("organizationId")
    workspace_id: Mapped[str | None] = mapped_column("workspaceId")
    end_user_id: Mapped[str | None] = mapped_column("endUserId", ForeignKey("endUser.id"))
    external_id: Mapped[str] = mapped_column("externalId")
    display_name: Mapped[str] = mapped_column("displayName")
    integration_name: Mapped[str] = mapped_column("integrationName")
    auth_method_key: Mapped[str] = mapped_column("authMethodKey")
    type: Mapped[str]
    status: Mapped[str]
    status_reason: Mapped[str | None] = mapped_column("statusReason")
    scope: Mapped[str]
    account_id: Mapped[str | None] = mapped_column("accountId")
    account_label: Mapped[str | None] = mapped_column("accountLabel")
    granted_scopes: Mapped[list[str]] = mapped_column("grantedScopes", JSON)
    expires_at: Mapped[int | None] = mapped_column("expiresAt")
    last_refreshed_at: Mapped[int | None] = mapped_column("lastRefreshedAt")
    created_at: Mapped[int] = mapped_column("createdAt")
    updated_at: Mapped[int] = mapped_column("updatedAt")

    end_user: Mapped[EndUser | None] = relationship()
    renewal: Mapped[Renewal | None] = relationship()


# What an answer shows of a connection, in one statement.
WHOLE = (joinedload(Connection.end_user), joinedload(Connection.renewal))
