package main

import (
	"flag"
	"fmt"
)

// runRefreshes plays a provider until as many refreshes were answered as there are connections.
func runRefreshes(arguments []string) (any, error) {
	flags := flag.NewFlagSet("refreshes", flag.ExitOnError)
	port := flags.Int("port", 0, "of the provider")
	count := flags.Int("count", 0, "how many connections are due")
	flags.Parse(arguments)

	done := make(chan struct{})
	provider := &provider{answered: func(answered int) {
		if answered == *count {
			close(done)
		}
	}}
	if err := provider.listen(*port); err != nil {
		return nil, err
	}
	tell("listening")
	<-done
	provider.mutex.Lock()
	defer provider.mutex.Unlock()
	if provider.reused > 0 {
		return nil, fmt.Errorf("%d refresh tokens came twice", provider.reused)
	}
	return map[string]float64{"perSecond": float64(*count) / provider.last.Sub(provider.first).Seconds()}, nil
}
