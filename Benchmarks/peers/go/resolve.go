package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strings"
	"time"
)

// resolver answers with the connection that an external id names.
type resolver struct {
	store *store
}

type request struct {
	IntegrationName string `json:"integrationName"`
	WorkspaceID     string `json:"workspaceId"`
	ExternalID      string `json:"externalId"`
	EndUserID       string `json:"endUserId"`
}

func (r *resolver) ServeHTTP(writer http.ResponseWriter, asked *http.Request) {
	key, err := r.authenticate(asked)
	if err != nil {
		refuse(writer, http.StatusUnauthorized, "UNAUTHENTICATED", "A valid API key is required")
		return
	}
	var wanted request
	if json.NewDecoder(http.MaxBytesReader(writer, asked.Body, 1<<20)).Decode(&wanted) != nil {
		refuse(writer, http.StatusBadRequest, "VALIDATION_ERROR", "The body is not what it must be")
		return
	}
	found, err := r.store.findConnection(asked.Context(), key.organization, &wanted)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		refuse(writer, http.StatusNotFound, "CONNECTION_NOT_FOUND", "There is no such connection")
	case err != nil:
		log.Print(err)
		refuse(writer, http.StatusInternalServerError, "INTERNAL_ERROR", "Something went wrong")
	case found.Scope == "USER" && (found.EndUserID == nil || *found.EndUserID != wanted.EndUserID):
		refuse(writer, http.StatusForbidden, "SCOPE_DENIED", "The connection belongs to another end user")
	default:
		answer(writer, http.StatusOK, map[string]any{"connection": found})
	}
}

var errNoKey = errors.New("no valid key")

// authenticate finds the key by its hash, in the database each time: another process may have removed it.
func (r *resolver) authenticate(asked *http.Request) (apiKey, error) {
	scheme, plain, _ := strings.Cut(asked.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(plain, "wvz_") {
		return apiKey{}, errNoKey
	}
	hash := sha256.Sum256([]byte(plain))
	key, err := r.store.findKey(asked.Context(), hash[:])
	if err == nil && key.expiresAt.Valid && key.expiresAt.Int64 <= time.Now().UnixMilli() {
		return apiKey{}, errNoKey
	}
	return key, err
}

func refuse(writer http.ResponseWriter, status int, code, message string) {
	answer(writer, status, map[string]string{"code": code, "error": message})
}

func answer(writer http.ResponseWriter, status int, body any) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	if err := json.NewEncoder(writer).Encode(body); err != nil {
		log.Print(err)
	}
}
