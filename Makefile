# run, test: what README opens with. Each target installs what it misses.
.DEFAULT_GOAL := build
.PHONY: run build release install test security fuzz tsan lint format bench torture screenshots catalog sbom clean packages

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
SOURCES := Package.swift Sources Tests Benchmarks
RELEASE := $(CURDIR)/.build/release/connect-portal
PREFIX := /opt/connect-portal
# Tests that calculate for long, and have little to do with the database or with threads.
LONG := QuirkTableTests|MutationTests|VocabularyTests|BadValueTests

run: packages
	swift build --product connect-portal
	.build/debug/connect-portal demo

build: packages
	swift build --build-tests --explicit-target-dependency-import-check error

# One test after the other: begun all at once, each would wait for the others while its deadlines run. The journeys run the
# program as it is shipped: an optimized build.
test: build release
	Tests/install
	python3 Deploy/sbom.py --check
	swift test --skip-build --no-parallel
	TEST_ENGINE=postgresql swift test --skip-build --no-parallel --filter '^(ConnectTests|WebTests)\.' --skip '$(LONG)'
	CONNECT_PORTAL_BIN=$(RELEASE) .venv/bin/python -m pytest Tests/journeys

# Attacks the portal in every way that is known, then fuzzes it for half an hour; GROUPS="network tls" runs some only.
security: release
	Tests/install
	Tests/security/install
	CONNECT_PORTAL_BIN=$(RELEASE) .venv/bin/python Tests/security/run.py $(GROUPS)
	$(if $(GROUPS),,$(MAKE) fuzz SECONDS=180)

# Feeds every reader of foreign bytes with inputs that libFuzzer makes up: `make fuzz SECONDS=60 TARGETS="json url"`.
SECONDS := 30
fuzz: packages
	FUZZ=1 swift build -c release --scratch-path .build-fuzz --product Fuzz --sanitize address --sanitize fuzzer \
		-Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing
	python3 Tests/fuzz.py .build-fuzz/release/Fuzz $(SECONDS) $(TARGETS)

# The tests under the thread sanitizer, without those that calculate most; ends non-zero on a race. Module by module: it makes
# tests so slow that those with a deadline starve among all the others.
tsan: packages
	swift build --build-tests --scratch-path .build-tsan --sanitize thread
	clang -shared -fPIC -O1 -Wall -Werror -o .build-tsan/mutex.so Tests/ThreadSanitizer/mutex.c
	set -e; for module in $(notdir $(wildcard Tests/*Tests)); do \
		LD_PRELOAD=$(CURDIR)/.build-tsan/mutex.so swift test --skip-build --scratch-path .build-tsan --sanitize thread \
			--filter "^$$module\." --skip '$(LONG)'; done

lint:
	swift format lint --strict --recursive $(SOURCES)

format:
	swift format --in-place --recursive $(SOURCES)

# Measures the portal side by side with what else could be there: `make bench CASES="resolve mint"`, QUICK=1 for a short look.
bench: release
	Benchmarks/install
	set -e; for product in Seed Hello StorageBench; do \
		swift build -c release --static-swift-stdlib --product $$product; done
	python3 Benchmarks/bench.py $(if $(QUICK),--runs 1 --seconds 2) $(if $(RUNS),--runs $(RUNS)) $(CASES)

# Kills the portal 500 times, or ROUNDS times, while it renews tokens; then lets 20,000 be due at once.
torture: release
	Tests/install
	CONNECT_PORTAL_BIN=$(RELEASE) .venv/bin/python Tests/torture.py
	CONNECT_PORTAL_BIN=$(RELEASE) .venv/bin/python Tests/torture.py burst

# Every state of every page, with a contact sheet.
screenshots: release
	Tests/install
	CONNECT_PORTAL_BIN=$(RELEASE) .venv/bin/python Tests/screenshots.py

release: packages
	swift build -c release --static-swift-stdlib --product connect-portal

# Lays out what runs, below DESTDIR: the program with its pages, and the unit for systemd.
install:
	install -d '$(DESTDIR)$(PREFIX)' '$(DESTDIR)/etc/connect-portal' '$(DESTDIR)/etc/systemd/system'
	install -s -m 755 $(RELEASE) '$(DESTDIR)$(PREFIX)/connect-portal'
	cp -r $(dir $(RELEASE))*.resources Templates Public LICENSE README.md sbom.json '$(DESTDIR)$(PREFIX)/'
	chmod -R u=rwX,go=rX '$(DESTDIR)$(PREFIX)'
	install -m 644 Deploy/connect-portal.service '$(DESTDIR)/etc/systemd/system/'

# Writes what the program is made of; `make test` fails where that has changed since.
sbom: release
	python3 Deploy/sbom.py $(RELEASE) >.build/sbom.json
	mv .build/sbom.json sbom.json

# Writes what is in the catalog into the README.
catalog: packages
	swift build --product connect-portal
	.build/debug/connect-portal integrations list --by-category >.build/catalog.md
	sed -i -e '/^<!-- catalog -->/,/^<!-- end -->/{/^<!--/!d}' -e '/^<!-- catalog -->/r .build/catalog.md' README.md

clean:
	rm -rf .build .build-* .venv

packages:
	@pkg-config --exists libcurl sqlite3 libpq 2>/dev/null || { \
		$(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			pkg-config libcurl4-openssl-dev libsqlite3-dev libpq-dev >/dev/null; }
