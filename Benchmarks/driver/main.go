// Drives the portal where wrk cannot: whole connections, a provider whose tokens are renewed, a stampede of readers, open
// streams. Each command prints what it found as one line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"sort"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("driver: ")
	if len(os.Args) < 2 {
		log.Fatal("usage: driver connections|refreshes|stampede|streams OPTIONS")
	}
	commands := map[string]func([]string) (any, error){
		"connections": runConnections,
		"refreshes":   runRefreshes,
		"stampede":    runStampede,
		"streams":     runStreams,
	}
	command, known := commands[os.Args[1]]
	if !known {
		log.Fatalf("there is no command %s", os.Args[1])
	}
	found, err := command(os.Args[2:])
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

var input = bufio.NewReader(os.Stdin)

// tell says that something is reached, and waits until whoever started this wants to go on.
func tell(word string) {
	fmt.Println(word)
	// An end of input means the same.
	_, _ = input.ReadString('\n')
}

// latencies are what many took that did the same.
type latencies []time.Duration

func (l latencies) milliseconds(share float64) float64 {
	sort.Slice(l, func(a, b int) bool { return l[a] < l[b] })
	return float64(l[int(share*float64(len(l)-1))].Microseconds()) / 1000
}
