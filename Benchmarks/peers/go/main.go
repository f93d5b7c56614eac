// The resolve of connections as one would write it in Go: net/http, database/sql and encoding/json.
package main

import (
	"database/sql"
	"flag"
	"log"
	"net/http"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	address := flag.String("address", "127.0.0.1:8080", "where to listen")
	path := flag.String("database", "portal.sqlite", "the SQLite file")
	flag.Parse()

	database, err := sql.Open("sqlite3", "file:"+*path+"?mode=ro&_query_only=true&_mutex=no")
	if err != nil {
		log.Fatal(err)
	}
	// One for each request at the same time was fastest; the default keeps two and opens the others anew each time.
	database.SetMaxIdleConns(64)
	store, err := newStore(database)
	if err != nil {
		log.Fatal(err)
	}

	http.Handle("/api/v1/connections/resolve", &resolver{store})
	http.HandleFunc("/health", func(writer http.ResponseWriter, _ *http.Request) { writer.Write([]byte("ok")) })
	log.Fatal(http.ListenAndServe(*address, nil))
}
