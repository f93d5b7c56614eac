package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"
)

// stream is a browser window that waits for the outcome of its session.
type stream struct {
	sessionID string
	changes   chan time.Time
}

type minted struct{ Token, SessionID string }

func runStreams(arguments []string) (any, error) {
	flags := flag.NewFlagSet("streams", flag.ExitOnError)
	address := flags.String("portal", "", "its public URL")
	apiKey := flags.String("key", "", "an API key")
	file := flags.String("sessions", "", "a file of JSON: what minting answered")
	ended := flags.Int("ended", 100, "how many sessions are ended, one after another")
	flags.Parse(arguments)

	text, err := os.ReadFile(*file)
	if err != nil {
		return nil, err
	}
	var sessions []minted
	if err := json.Unmarshal(text, &sessions); err != nil {
		return nil, err
	}
	streams, err := openAll(*address, sessions)
	if err != nil {
		return nil, err
	}
	tell("open")
	took, err := endSome(newPortal(*address, *apiKey, 1), streams[:*ended])
	if err != nil {
		return nil, err
	}
	return map[string]float64{"p50": took.milliseconds(0.5), "p99": took.milliseconds(0.99)}, nil
}

func openAll(address string, sessions []minted) ([]*stream, error) {
	portal, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	streams := make([]*stream, 0, len(sessions))
	for _, session := range sessions {
		one, err := openStream(portal.Host, session)
		if err != nil {
			return nil, err
		}
		streams = append(streams, one)
	}
	return streams, nil
}

// openStream returns when the first event has come.
func openStream(host string, session minted) (*stream, error) {
	connection, err := net.DialTimeout("tcp4", host, 10*time.Second)
	if err != nil {
		return nil, err
	}
	target := "/api/v1/connect/session/events?token=" + session.Token
	if _, err := fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", target, host); err != nil {
		return nil, err
	}
	opened := &stream{session.SessionID, make(chan time.Time, 4)}
	go opened.read(connection)
	if _, isOpen := <-opened.changes; !isOpen {
		return nil, fmt.Errorf("the stream of session %s told nothing", session.SessionID)
	}
	return opened, nil
}

// read notes when each event comes.
func (s *stream) read(connection net.Conn) {
	defer close(s.changes)
	defer connection.Close()
	lines := bufio.NewScanner(connection)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") {
			s.changes <- time.Now()
		}
	}
}

// endSome ends sessions by the API, and measures until their windows know.
func endSome(portal *portal, streams []*stream) (latencies, error) {
	client, err := portal.browser()
	if err != nil {
		return nil, err
	}
	took := make(latencies, 0, len(streams))
	for _, stream := range streams {
		if err := portal.call(client, "DELETE", "/api/v1/connect/session/"+stream.sessionID, nil, nil); err != nil {
			return nil, err
		}
		begin := time.Now()
		change, isOpen := <-stream.changes
		if !isOpen {
			return nil, fmt.Errorf("the stream of session %s ended without a word", stream.sessionID)
		}
		took = append(took, change.Sub(begin))
	}
	return took, nil
}
