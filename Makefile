# make run    install missing packages, build, run the quickstart sweep under mpirun, print its table
# make check  the linter, and the fast tests of what changed; BASE=REVISION, ALL=1
# make test   install what is missing, run all tests; FILTER=NAME runs those with this name
# make build  build .build/release/elise-sweep
# make install PREFIX=~/.local   the program, its manual page, completions, sweeps and job scripts; make
#                                uninstall removes them; DESTDIR=DIR puts a folder before PREFIX
# make dist   an archive with all that `make install` installs, for processors with AVX2, and its checksum
# make check-dist  install the archive in a bare Debian, as a container does, and use it there (as root)
# make docs   the pages as a site that opens without a network: .build/site/html/index.html
# make studies STUDY=paper   run or continue a study and store its results in studies/paper
# make sanitize  the tests under the address and the thread sanitizer, without the longest
# make chaos RUNS=200   200 runs whose processes are killed at random
# make fuzz READER=sweep SECONDS=600   a coverage-guided fuzzer for one reader of users' files
#
# ELISE_CPU=x86-64-v3 make build    for a cluster whose nodes have another CPU type
# ELISE_MPI=mpich make build        with MPICH (or a descendant) instead of Open MPI
# ELISE_LAPACK=flexiblas make build  with another BLAS and LAPACK library than OpenBLAS

SHELL := /bin/bash
PROGRAM := .build/release/elise-sweep
# The pkg-config names of the libraries.
MPI := $(or $(ELISE_MPI),ompi-c)
LIBRARIES := $(MPI) yaml-0.1 netcdf libxxhash $(or $(ELISE_LAPACK),openblas)
PACKAGES := pkg-config $(if $(filter mpich%,$(MPI)),libmpich-dev mpich,libopenmpi-dev openmpi-bin) \
  libyaml-dev libnetcdf-dev libxxhash-dev libopenblas-serial-dev
# If several MPI libraries are installed, mpirun may belong to another one; Debian's name is exact.
LAUNCHER := mpirun.$(if $(filter ompi%,$(MPI)),openmpi,$(MPI))
MPIRUN = $(or $(ELISE_MPIRUN),$(shell command -v $(LAUNCHER) || echo mpirun))
VENV := $(CURDIR)/.build/python
PYTHON := $(VENV)/bin/python
CORES := $(shell nproc 2>/dev/null || echo 1)
RANKS ?= $(CORES)

# The Swift runtime is linked into the program, so that compute nodes need no Swift.
# Many ranks read the program from one file server, so it has no symbols and a fixed address. Without
# SMALL (make build SMALL=), it is twice as large and its stack traces name functions.
# SWIFT_FLAGS="-Xlinker -rpath -Xlinker DIR" stores the folder of your own libraries in the program.
SMALL := -Xlinker -s -Xlinker --no-export-dynamic -Xswiftc -Xclang-linker -Xswiftc -no-pie
# Cached, the manifest or the plan of the build names an old commit, which would be the one in provenance.json.
UNCACHED := --manifest-cache none --disable-build-manifest-caching
BUILD := swift build $(UNCACHED) -c release --static-swift-stdlib --product elise-sweep $(SMALL) $(SWIFT_FLAGS)

# The core is a hundred times slower in a debug build, so the tests run optimised code.
# Each MPI library has a build folder of its own, so that switching needs no new build.
TESTS := .build/tests$(if $(ELISE_MPI),-$(ELISE_MPI))
TEST = ELISE_MPIRUN=$(MPIRUN) \
  swift test $(UNCACHED) -c release -Xswiftc -enable-testing $(SWIFT_FLAGS) --scratch-path $(TESTS)

# mpirun refuses to run as root unless two variables are set.
ifeq ($(shell id -u),0)
export OMPI_ALLOW_RUN_AS_ROOT := 1
export OMPI_ALLOW_RUN_AS_ROOT_CONFIRM := 1
SUDO :=
else
SUDO := sudo
endif

.PHONY: run check test build install uninstall dist check-dist docs pictures packages python slurm zsh reference lint format clean chaos fuzz sanitize studies

run: build
	@echo "elise-sweep: running 12 networks of sweeps/quickstart.yaml, about a minute on two idle cores"
	$(MPIRUN) $(if $(filter ompi%,$(MPI)),--oversubscribe) --bind-to none -n $(RANKS) \
	  $(PROGRAM) run sweeps/quickstart.yaml
	@echo; echo "report:  $(CURDIR)/results/quickstart/report.html"; \
	picture=results/quickstart/figures/score-latent.png; \
	test ! -f $$picture || echo "picture: $(CURDIR)/$$picture"

build: packages
	@test -x $(PROGRAM) || echo "elise-sweep: compiling; the first time takes 5 to 10 minutes on two cores"
	$(BUILD)

PREFIX ?= /usr/local
DESTDIR ?=
TARGET := $(DESTDIR)$(PREFIX)
SHARE := $(TARGET)/share
INSTALLED := $(TARGET)/bin/elise-sweep $(SHARE)/elise-sweep $(SHARE)/doc/elise-sweep \
  $(SHARE)/man/man1/elise-sweep.1 $(SHARE)/bash-completion/completions/elise-sweep \
  $(SHARE)/zsh/site-functions/_elise-sweep

# Installs what is built, so that `make build` as a user and `sudo make install` do what they should.
install:
	@test -x $(PROGRAM) || { echo "got no $(PROGRAM); expected make build before make install" >&2; exit 2; }
	install -D -m 755 $(PROGRAM) $(TARGET)/bin/elise-sweep
	mkdir -p $(SHARE)/elise-sweep $(SHARE)/doc/elise-sweep $(SHARE)/man/man1 \
	  $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions
	cp -R sweeps slurm $(SHARE)/elise-sweep/
	cp -R README.md CHANGELOG.md CONTRIBUTING.md ORIGIN.md RELEASE.md SECURITY.md LICENSE CITATION.cff docs \
	  $(SHARE)/doc/elise-sweep/
	cp --parents studies/README.md studies/*/*.{md,yaml,csv,gz,py} studies/*/patterns/*.txt \
	  $(SHARE)/doc/elise-sweep/
	@# Sweeps of studies name patterns in ../../sweeps.
	ln -sfn ../../elise-sweep/sweeps $(SHARE)/doc/elise-sweep/sweeps
	$(PROGRAM) help --man > $(SHARE)/man/man1/elise-sweep.1
	$(PROGRAM) completions bash > $(SHARE)/bash-completion/completions/elise-sweep
	$(PROGRAM) completions zsh > $(SHARE)/zsh/site-functions/_elise-sweep

uninstall:
	rm -rf $(INSTALLED)

# The architecture of most nodes; results have the same bytes on all of them.
VERSION := $(shell sed -n 's/.*number = "\(.*\)"/\1/p' Sources/elise-sweep/Version.swift)
ARCHIVE := elise-sweep-$(VERSION)-linux-$(shell uname -m)-v3
dist: packages
	ELISE_CPU=x86-64-v3 $(BUILD) --scratch-path .build/dist
	rm -rf .build/$(ARCHIVE)
	$(MAKE) install PROGRAM=.build/dist/release/elise-sweep PREFIX= DESTDIR=$(CURDIR)/.build/$(ARCHIVE)
	tar -C .build --sort=name --owner=0 --group=0 --numeric-owner -czf .build/$(ARCHIVE).tar.gz $(ARCHIVE)
	cd .build && sha256sum $(ARCHIVE).tar.gz > $(ARCHIVE).tar.gz.sha256
	@echo "archive: .build/$(ARCHIVE).tar.gz"

check-dist: dist
	packaging/check-dist.sh .build/$(ARCHIVE).tar.gz .build/check-dist

# README is the first page.
SITE := .build/site
SPHINX := $(CURDIR)/.build/sphinx
docs:
	@cmp -s packaging/site/requirements.txt $(SPHINX)/requirements.txt || { rm -rf $(SPHINX) && \
	  python3 -m venv $(SPHINX) && \
	  $(SPHINX)/bin/pip install -q --disable-pip-version-check -r packaging/site/requirements.txt && \
	  cp packaging/site/requirements.txt $(SPHINX)/; }
	rm -rf $(SITE) && mkdir -p $(SITE)/source
	cp --parents docs/* studies/README.md studies/*/README.md CONTRIBUTING.md CHANGELOG.md SECURITY.md \
	  RELEASE.md ORIGIN.md LICENSE CITATION.cff $(SITE)/source/
	cat README.md packaging/site/contents.md > $(SITE)/source/index.md
	sed -i 's/](\.\.\/README\.md/](..\/index.md/g' $(SITE)/source/docs/*.md
	$(SPHINX)/bin/sphinx-build -q -W --keep-going -c packaging/site $(SITE)/source $(SITE)/html
	@echo "site: $(CURDIR)/$(SITE)/html/index.html"

# The pictures of README, from a run of the quickstart in a terminal, and those that pages draw.
PICTURES := .build/pictures
pictures: build python
	rm -rf $(PICTURES) && mkdir -p $(PICTURES)
	script -qec "cd $(PICTURES) && stty cols 100; $(MPIRUN) --oversubscribe --bind-to none -n 2 \
	  $(CURDIR)/$(PROGRAM) run $(CURDIR)/sweeps/quickstart.yaml" .build/typescript > /dev/null
	$(PYTHON) packaging/pictures/quickstart.py $(PICTURES)/results/quickstart docs/quickstart.svg
	$(PYTHON) packaging/pictures/terminal.py .build/typescript \
	  "mpirun -n 2 elise-sweep run sweeps/quickstart.yaml" docs/terminal.svg
	for page in python songs; do \
	  (cd $(PICTURES) && PATH="$(CURDIR)/.build/release:$$PATH" \
	    $(PYTHON) $(CURDIR)/Tests/python/run_page.py $(CURDIR)/docs/$$page.md \
	    $$(test $$page = python || echo --commands)) || exit 1; \
	done
	cp $(PICTURES)/{best,songs,curves}.png docs
	$(PYTHON) packaging/pictures/studies.py studies docs

test: packages python slurm zsh
	ELISE_PYTHON="$$(test -x $(PYTHON) && echo $(PYTHON))" $(TEST) $(if $(FILTER),--filter '$(FILTER)')

check: packages lint
	Tests/check.sh

# Python and a browser for the tests of cube.nc, report.html and the pages with Python. If they cannot
# be installed, these tests are skipped, unless ELISE_REQUIRE_PYTHON is set.
python:
	@if ! cmp -s Tests/python/requirements.txt $(VENV)/requirements.txt; then \
	  rm -rf $(VENV); \
	  if ! { python3 -c 'import ensurepip' && command -v chromium; } >/dev/null 2>&1; then \
	    $(SUDO) apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends \
	      python3-venv chromium; \
	  fi; \
	  { command -v chromium >/dev/null || test -z "$$ELISE_REQUIRE_PYTHON"; } && \
	  python3 -m venv $(VENV) && \
	  $(PYTHON) -m pip install -q --disable-pip-version-check -r Tests/python/requirements.txt && \
	  cp Tests/python/requirements.txt $(VENV)/ || { \
	    rm -rf $(VENV); \
	    echo "Python cannot be set up: its tests are skipped" >&2; \
	    test -z "$$ELISE_REQUIRE_PYTHON"; \
	  }; \
	fi

# The tests run a Slurm with four virtual nodes, as root only. If Slurm cannot be installed, they are
# skipped, unless ELISE_REQUIRE_SLURM is set.
slurm:
	@if [ -z "$(SUDO)" ] && ! command -v slurmctld >/dev/null; then \
	  { apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      slurm-wlm munge; } || { \
	    echo "Slurm cannot be installed: its test is skipped" >&2; \
	    test -z "$$ELISE_REQUIRE_SLURM"; \
	  }; \
	fi

# Completions of zsh are tested if zsh is installed or can be.
zsh:
	@command -v zsh >/dev/null || { $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends zsh; } \
	  || echo "zsh cannot be installed: its tests are skipped" >&2

# Installs only what pkg-config does not find, so it needs no rights if all libraries are installed.
packages:
	@if ! command -v swift >/dev/null; then \
	  echo "Swift is missing: install Swift 6.1 or later from swift.org, then run make again" >&2; \
	  exit 1; \
	fi
	@if ! pkg-config --exists $(LIBRARIES) 2>/dev/null || \
	    ! command -v $(LAUNCHER) mpirun >/dev/null; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "got no apt-get; expected the libraries $(LIBRARIES) and mpirun to be installed;" >&2; \
	    echo "docs/clusters.md lists their names for other systems" >&2; \
	    exit 1; \
	  fi; \
	  echo "elise-sweep: installing $(PACKAGES)"; \
	  $(SUDO) apt-get update -q && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends \
	    $(PACKAGES); \
	fi
	@pkg-config --print-errors --exists $(LIBRARIES) || { \
	  echo "pkg-config does not find all of: $(LIBRARIES)" >&2; exit 1; }
	@if ! command -v gnuplot >/dev/null; then \
	  echo "elise-sweep: installing gnuplot-nox, which draws the figures"; \
	  { $(SUDO) apt-get update -q && \
	    DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends \
	      gnuplot-nox; } || echo "gnuplot is missing: figures remain scripts and data" >&2; \
	fi

# The page of parameters and columns.
reference: build
	$(PROGRAM) parameters --markdown > docs/reference.md

studies: build
	studies/run $(STUDY)

RUNS ?= 200
chaos: packages
	ELISE_CHAOS_RUNS=$(RUNS) $(TEST) --filter ChaosTests

# Tests that take long, ten times longer with a sanitizer, or run other programs. fullDisk limits the
# size of files, and the thread sanitizer maps large files itself.
LONG := FullRunTests|GoldenTraceTests|Capacity|Coverage|Bench|SlurmTests|PythonTests|PageCommandsTests|ChaosTests|fullDisk
SANITIZED := swift test $(UNCACHED) -c release -Xswiftc -enable-testing --skip '$(LONG)'
sanitize: sanitize-address sanitize-thread

# Leaks are not checked: Open MPI unloads its plugins, so that its leaks cannot be told from ours. Races
# in libraries that are built without the sanitizer are listed in Tests/sanitizers. Some tests crash a
# program on purpose; Swift's backtracer would wait for the sanitizer's.
sanitize-%: packages
	SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 \
	TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/sanitizers/races.txt \
	ELISE_SANITIZER=$* ELISE_MPIRUN=$(MPIRUN) $(SANITIZED) --sanitize=$* --scratch-path .build/$*

READER ?= sweep
SECONDS ?= 600
FUZZ := Fuzz/.build/release/fuzz
fuzz: packages
	swift build -c release --package-path Fuzz -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer \
	  -Xswiftc -use-ld=lld
	mkdir -p Fuzz/.build/corpus/$(READER)
	cd Fuzz/.build && ELISE_FUZZ_READER=$(READER) $(CURDIR)/$(FUZZ) \
	  -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2000 $(FUZZ_FLAGS) \
	  corpus/$(READER) $(CURDIR)/Tests/Fixtures/fuzz/$(READER)

lint:
	swift format lint --strict -p -r Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

format:
	swift format -i -r Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

clean:
	rm -rf .build
