package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// provider replaces a refresh token with every use, and accepts none twice.
type provider struct {
	mutex       sync.Mutex
	generations map[string]int
	requests    int
	reused      int
	first, last time.Time
	// Called before each decision.
	hold func()
	// Called after each answer, with how many there were.
	answered func(int)
}

var refreshToken = regexp.MustCompile(`^([\w-]+)\.refresh\.(\d+)$`)

// listen answers from now on, in the background.
func (p *provider) listen(port int) error {
	p.generations = map[string]int{}
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/token", p.refresh)
	go http.Serve(listener, mux)
	return nil
}

func (p *provider) refresh(writer http.ResponseWriter, request *http.Request) {
	if p.hold != nil {
		p.hold()
	}
	name, generation := p.decide(request.PostFormValue("refresh_token"))
	writer.Header().Set("Content-Type", "application/json")
	if generation == 0 {
		writer.WriteHeader(http.StatusBadRequest)
		writer.Write([]byte(`{"error": "invalid_grant"}`))
		return
	}
	json.NewEncoder(writer).Encode(map[string]any{
		"access_token":  fmt.Sprintf("%s.access.%d", name, generation),
		"refresh_token": fmt.Sprintf("%s.refresh.%d", name, generation),
		"token_type":    "Bearer",
		"expires_in":    86400,
	})
	p.mutex.Lock()
	p.requests++
	count := p.requests
	p.last = time.Now()
	p.mutex.Unlock()
	p.answered(count)
}

// decide returns the next generation of a grant's tokens, or 0 for a token that is not its newest.
func (p *provider) decide(token string) (string, int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.first.IsZero() {
		p.first = time.Now()
	}
	parts := refreshToken.FindStringSubmatch(token)
	if parts == nil {
		p.reused++
		return "", 0
	}
	if generation, _ := strconv.Atoi(parts[2]); generation != p.generations[parts[1]] {
		p.reused++
		return "", 0
	}
	p.generations[parts[1]]++
	return parts[1], p.generations[parts[1]]
}
