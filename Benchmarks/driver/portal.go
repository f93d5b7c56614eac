package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// portal is what an app and its users see of it.
type portal struct {
	url, apiKey string
	transport   *http.Transport
}

func newPortal(url, apiKey string, clients int) *portal {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	return &portal{url, apiKey, &http.Transport{
		// The name may stand for an address of each kind; servers here have the one.
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp4", address)
		},
		MaxIdleConnsPerHost: clients,
	}}
}

// browser is a person's: it keeps cookies and follows redirects.
func (p *portal) browser() (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	return &http.Client{Transport: p.transport, Jar: jar, Timeout: time.Minute}, err
}

// call is one of the app's backend.
func (p *portal) call(client *http.Client, method, path string, body, answer any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	request, err := http.NewRequest(method, p.url+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+p.apiKey)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return send(client, request, answer)
}

// open shows a page.
func open(client *http.Client, address string) error {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	return send(client, request, nil)
}

// submit presses a button of a page of the portal's.
func (p *portal) submit(client *http.Client, path string, form url.Values) error {
	request, err := http.NewRequest(http.MethodPost, p.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", p.url)
	return send(client, request, nil)
}

func send(client *http.Client, request *http.Request, answer any) error {
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s brought %d: %.500s", request.Method, request.URL.Path, response.StatusCode, text)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}
