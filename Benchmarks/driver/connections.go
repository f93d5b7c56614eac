package main

import (
	"flag"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// connector makes whole connections: mint, page, start, the provider and back, poll.
type connector struct {
	portal                 *portal
	workspace, integration string
	first                  int64
}

func runConnections(arguments []string) (any, error) {
	flags := flag.NewFlagSet("connections", flag.ExitOnError)
	address := flags.String("portal", "", "its public URL")
	apiKey := flags.String("key", "", "an API key")
	workspace := flags.String("workspace", "", "its id")
	integration := flags.String("integration", "", "its name")
	first := flags.Int64("first", 0, "the number of the first connection")
	count := flags.Int64("count", 1000, "how many connections")
	atOnce := flags.Int("at-once", 16, "how many people at the same time")
	flags.Parse(arguments)

	connector := &connector{newPortal(*address, *apiKey, *atOnce), *workspace, *integration, *first}
	begin := time.Now()
	took, err := connector.connectMany(*count, *atOnce)
	if err != nil {
		return nil, err
	}
	return map[string]float64{
		"perSecond": float64(*count) / time.Since(begin).Seconds(),
		"p50":       took.milliseconds(0.5),
		"p99":       took.milliseconds(0.99),
	}, nil
}

// connectMany gives up at the first that goes wrong.
func (c *connector) connectMany(count int64, atOnce int) (latencies, error) {
	took := make(latencies, count)
	failures := make(chan error, atOnce)
	var next atomic.Int64
	var people sync.WaitGroup
	for person := 0; person < atOnce; person++ {
		people.Add(1)
		go func() {
			defer people.Done()
			for number := next.Add(1) - 1; number < count; number = next.Add(1) - 1 {
				begin := time.Now()
				if err := c.connect(c.first + number); err != nil {
					failures <- err
					next.Store(count)
					return
				}
				took[number] = time.Since(begin)
			}
		}()
	}
	people.Wait()
	close(failures)
	return took, <-failures
}

func (c *connector) connect(number int64) error {
	browser, err := c.portal.browser()
	if err != nil {
		return err
	}
	var minted struct{ Token, ConnectURL, SessionID string }
	body := map[string]string{
		"integrationName": c.integration,
		"workspaceId":     c.workspace,
		"connectionName":  fmt.Sprintf("Person %d", number),
		"externalId":      fmt.Sprintf("person-%d", number),
		"endUserId":       fmt.Sprintf("person-%d", number),
	}
	if err := c.portal.call(browser, "POST", "/api/v1/connect/token", body, &minted); err != nil {
		return err
	}
	if err := open(browser, minted.ConnectURL); err != nil {
		return err
	}
	form := url.Values{"method": {"oauth2"}, "display": {"page"}}
	if err := c.portal.submit(browser, "/connect/"+minted.SessionID, form); err != nil {
		return err
	}
	var state struct{ Status string }
	poll := map[string]string{"token": minted.Token}
	if err := c.portal.call(browser, "POST", "/api/v1/connect/session/poll", poll, &state); err != nil {
		return err
	}
	if state.Status != "COMPLETED" {
		return fmt.Errorf("connection %d is %s", number, state.Status)
	}
	return nil
}
