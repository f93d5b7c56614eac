package main

import (
	"bufio"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// stampede is very many readers of one connection, whose token has expired while its provider thinks about a new one.
type stampede struct {
	host, target, apiKey string
	provider             *provider
	asked                sync.Once
	isAsked, isReleased  chan struct{}
}

func runStampede(arguments []string) (any, error) {
	flags := flag.NewFlagSet("stampede", flag.ExitOnError)
	address := flags.String("portal", "", "its public URL")
	apiKey := flags.String("key", "", "an API key")
	connection := flags.String("connection", "", "the id of the one whose token has expired")
	port := flags.Int("port", 0, "of the provider")
	readers := flags.Int("readers", 1000, "how many")
	flags.Parse(arguments)

	portal, err := url.Parse(*address)
	if err != nil {
		return nil, err
	}
	s := &stampede{
		host:       portal.Host,
		target:     "/api/v1/connections/" + *connection + "/credentials",
		apiKey:     *apiKey,
		isAsked:    make(chan struct{}),
		isReleased: make(chan struct{}),
	}
	s.provider = &provider{answered: func(int) {}, hold: func() {
		s.asked.Do(func() { close(s.isAsked) })
		<-s.isReleased
	}}
	if err := s.provider.listen(*port); err != nil {
		return nil, err
	}
	tell("listening")
	return s.run(*readers)
}

// run lets the provider answer when all readers have asked.
func (s *stampede) run(readers int) (any, error) {
	took := make(latencies, readers)
	failures := make(chan error, readers)
	var sent, finished sync.WaitGroup
	var released atomic.Int64
	sent.Add(readers)
	finished.Add(readers)
	for reader := 0; reader < readers; reader++ {
		go func(reader int) {
			defer finished.Done()
			answer, err := s.send()
			sent.Done()
			if err == nil {
				err = answer()
			}
			if err != nil {
				failures <- err
				return
			}
			took[reader] = time.Duration(time.Now().UnixNano() - released.Load())
		}(reader)
	}
	sent.Wait()
	<-s.isAsked
	released.Store(time.Now().UnixNano())
	close(s.isReleased)
	finished.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return nil, err
	}
	if s.provider.requests != 1 || s.provider.reused != 0 {
		return nil, fmt.Errorf("the provider was asked %d times", s.provider.requests+s.provider.reused)
	}
	return map[string]float64{"p50": took.milliseconds(0.5), "last": took.milliseconds(1)}, nil
}

// send asks on a connection of its own; what it returns waits for the answer.
func (s *stampede) send() (func() error, error) {
	connection, err := net.DialTimeout("tcp4", s.host, 10*time.Second)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(
		connection, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n", s.target, s.host, s.apiKey,
	)
	return func() error {
		defer connection.Close()
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err == nil && response.StatusCode != http.StatusOK {
			err = fmt.Errorf("a reader got %d", response.StatusCode)
		}
		return err
	}, err
}
