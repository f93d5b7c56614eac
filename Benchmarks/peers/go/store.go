package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// store reads what the portal has written.
type store struct {
	apiKey, connection *sql.Stmt
}

type apiKey struct {
	organization string
	expiresAt    sql.NullInt64
}

type account struct {
	ID    string  `json:"id"`
	Label *string `json:"label"`
}

type refresh struct {
	NextAttemptAt *string `json:"nextAttemptAt"`
	Failures      int64   `json:"failures"`
	LastError     *string `json:"lastError"`
	Outcome       string  `json:"outcome"`
}

type connection struct {
	ID              string          `json:"id"`
	ExternalID      string          `json:"externalId"`
	DisplayName     string          `json:"displayName"`
	IntegrationName string          `json:"integrationName"`
	AuthMethodKey   string          `json:"authMethodKey"`
	Type            string          `json:"type"`
	Status          string          `json:"status"`
	StatusReason    *string         `json:"statusReason"`
	Scope           string          `json:"scope"`
	WorkspaceID     *string         `json:"workspaceId"`
	EndUserID       *string         `json:"endUserId"`
	Account         *account        `json:"account"`
	GrantedScopes   json.RawMessage `json:"grantedScopes"`
	ExpiresAt       *string         `json:"expiresAt"`
	LastRefreshedAt *string         `json:"lastRefreshedAt"`
	Refresh         *refresh        `json:"refresh"`
	CreatedAt       string          `json:"createdAt"`
	UpdatedAt       string          `json:"updatedAt"`
}

func newStore(database *sql.DB) (*store, error) {
	apiKey, err := database.Prepare("SELECT organizationId, expiresAt FROM apiKey WHERE hash = ?")
	if err != nil {
		return nil, err
	}
	connection, err := database.Prepare(`
		SELECT c.id, c.externalId, c.displayName, c.integrationName, c.authMethodKey, c.type, c.status, c.statusReason,
			c.scope, c.workspaceId, u.externalId, c.accountId, c.accountLabel, c.grantedScopes, c.expiresAt,
			c.lastRefreshedAt, c.createdAt, c.updatedAt, r.failures, r.dueAt, r.lastError, r.sentVersion, r.heldUntil
		FROM connection c
		LEFT JOIN endUser u ON u.id = c.endUserId
		LEFT JOIN renewal r ON r.connectionId = c.id
		WHERE c.organizationId = ? AND c.integrationName = ? AND c.externalId = ? AND COALESCE(c.workspaceId, '') = ?`)
	if err != nil {
		return nil, err
	}
	return &store{apiKey, connection}, nil
}

func (s *store) findKey(ctx context.Context, hash []byte) (key apiKey, err error) {
	err = s.apiKey.QueryRowContext(ctx, hash).Scan(&key.organization, &key.expiresAt)
	return
}

func (s *store) findConnection(ctx context.Context, organization string, wanted *request) (*connection, error) {
	var found connection
	var accountID, accountLabel, lastError sql.NullString
	var scopes string
	var expiresAt, lastRefreshedAt, failures, dueAt, sentVersion, heldUntil sql.NullInt64
	var createdAt, updatedAt int64
	err := s.connection.QueryRowContext(
		ctx, organization, wanted.IntegrationName, wanted.ExternalID, wanted.WorkspaceID,
	).Scan(
		&found.ID, &found.ExternalID, &found.DisplayName, &found.IntegrationName, &found.AuthMethodKey, &found.Type,
		&found.Status, &found.StatusReason, &found.Scope, &found.WorkspaceID, &found.EndUserID, &accountID, &accountLabel,
		&scopes, &expiresAt, &lastRefreshedAt, &createdAt, &updatedAt, &failures, &dueAt, &lastError, &sentVersion,
		&heldUntil,
	)
	if err != nil {
		return nil, err
	}
	found.GrantedScopes = json.RawMessage(scopes)
	found.ExpiresAt, found.LastRefreshedAt = optionalTime(expiresAt), optionalTime(lastRefreshedAt)
	found.CreatedAt, found.UpdatedAt = timeText(createdAt), timeText(updatedAt)
	if accountID.Valid {
		found.Account = &account{accountID.String, optionalText(accountLabel)}
	}
	if failures.Valid {
		outcome := "known"
		if sentVersion.Valid && !heldUntil.Valid {
			outcome = "uncertain"
		}
		found.Refresh = &refresh{optionalTime(dueAt), failures.Int64, optionalText(lastError), outcome}
	}
	return &found, nil
}

func timeText(milliseconds int64) string {
	return time.UnixMilli(milliseconds).UTC().Format("2006-01-02T15:04:05.000Z")
}

func optionalTime(milliseconds sql.NullInt64) *string {
	if !milliseconds.Valid {
		return nil
	}
	text := timeText(milliseconds.Int64)
	return &text
}

func optionalText(text sql.NullString) *string {
	if !text.Valid {
		return nil
	}
	return &text.String
}
