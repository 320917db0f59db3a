# make run    install what is missing, build, run the quickstart sweep under mpirun, print its table
# make check  the linter, and the fast tests of what changed; BASE=REVISION, ALL=1
# make test   install what is missing, run all tests; FILTER=NAME runs those with this name
# make build  build .build/release/elise-sweep
# make sanitize  the tests under the address and the thread sanitizer, without the longest
# make chaos RUNS=200   200 runs whose processes are killed at random
# make fuzz READER=sweep SECONDS=600   a coverage-guided fuzzer for one reader of users' files
#
# ELISE_CPU=x86-64-v3 make build    for a cluster whose nodes differ from this machine
# ELISE_MPI=mpich make build        with MPICH (or a descendant) instead of Open MPI
# ELISE_LAPACK=flexiblas make build  with another library of BLAS and LAPACK than OpenBLAS

SHELL := /bin/bash
PROGRAM := .build/release/elise-sweep
# The names under which pkg-config knows the libraries.
MPI := $(or $(ELISE_MPI),ompi-c)
LIBRARIES := $(MPI) yaml-0.1 netcdf libxxhash $(or $(ELISE_LAPACK),openblas)
PACKAGES := pkg-config $(if $(filter mpich%,$(MPI)),libmpich-dev mpich,libopenmpi-dev openmpi-bin) \
  libyaml-dev libnetcdf-dev libxxhash-dev libopenblas-serial-dev
# Where several MPI libraries are installed, mpirun may be that of another one; Debian says which.
LAUNCHER := mpirun.$(if $(filter ompi%,$(MPI)),openmpi,$(MPI))
MPIRUN = $(or $(ELISE_MPIRUN),$(shell command -v $(LAUNCHER) || echo mpirun))
VENV := $(CURDIR)/.build/python
PYTHON := $(VENV)/bin/python
CORES := $(shell nproc 2>/dev/null || echo 1)
RANKS ?= $(CORES)

# The Swift runtime is linked into the program, so that compute nodes need no Swift.
# SWIFT_FLAGS="-Xlinker -rpath -Xlinker DIR" tells it where libraries in a folder of your own are.
BUILD := swift build -c release --static-swift-stdlib --product elise-sweep $(SWIFT_FLAGS)

# The core is a hundred times slower in a debug build, so the tests run optimised code.
# Each MPI library has a folder of its own, so that the next test need not build all again.
TESTS := .build/tests$(if $(ELISE_MPI),-$(ELISE_MPI))
TEST = ELISE_MPIRUN=$(MPIRUN) \
  swift test -c release -Xswiftc -enable-testing $(SWIFT_FLAGS) --scratch-path $(TESTS)

# mpirun refuses to start as root unless it is told twice; nobody else should be told.
ifeq ($(shell id -u),0)
export OMPI_ALLOW_RUN_AS_ROOT := 1
export OMPI_ALLOW_RUN_AS_ROOT_CONFIRM := 1
SUDO :=
else
SUDO := sudo
endif

.PHONY: run check test build packages python slurm zsh reference lint format clean chaos fuzz sanitize

run: build
	$(MPIRUN) $(if $(filter ompi%,$(MPI)),--oversubscribe) --bind-to none -n $(RANKS) \
	  $(PROGRAM) run sweeps/quickstart.yaml

build: packages
	$(BUILD)

test: packages python slurm zsh
	ELISE_PYTHON="$$(test -x $(PYTHON) && echo $(PYTHON))" $(TEST) $(if $(FILTER),--filter '$(FILTER)')

check: packages lint
	Tests/check.sh

# What the tests of cube.nc, of report.html and of the page on Python need. Where it cannot be had
# they are skipped, unless ELISE_REQUIRE_PYTHON is set.
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

# A Slurm of four virtual nodes runs in the tests, as root only. Where it cannot be had they are
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

# The completions of zsh are tested where there is one, or can be.
zsh:
	@command -v zsh >/dev/null || { $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends zsh; } \
	  || echo "zsh cannot be installed: its tests are skipped" >&2

# Installs only what pkg-config does not find, so that it asks for no rights where all is there.
packages:
	@if ! command -v swift >/dev/null; then \
	  echo "Swift is missing: install Swift 6.1 or later from swift.org, then run make again" >&2; \
	  exit 1; \
	fi
	@if ! pkg-config --exists $(LIBRARIES) 2>/dev/null || \
	    ! command -v $(LAUNCHER) mpirun >/dev/null; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "missing, and there is no apt-get to install it: the libraries $(LIBRARIES) or" >&2; \
	    echo "mpirun; see docs/clusters.md for their names elsewhere" >&2; \
	    exit 1; \
	  fi; \
	  echo "installing $(PACKAGES)"; \
	  $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends \
	    $(PACKAGES); \
	fi
	@pkg-config --print-errors --exists $(LIBRARIES) || { \
	  echo "pkg-config does not find all of: $(LIBRARIES)" >&2; exit 1; }
	@if ! command -v gnuplot >/dev/null; then \
	  echo "installing gnuplot-nox"; \
	  { $(SUDO) apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends \
	      gnuplot-nox; } || echo "there is no gnuplot: figures are left as scripts and data" >&2; \
	fi

# What the program knows of its parameters and tables, as a page.
reference: build
	$(PROGRAM) parameters --markdown > docs/reference.md

RUNS ?= 200
chaos: packages
	ELISE_CHAOS_RUNS=$(RUNS) $(TEST) --filter ChaosTests

# Trains, scores and measures for long, which a sanitizer makes ten times longer, or other programs;
# fullDisk limits the size of files, of which the thread sanitizer maps large ones itself.
LONG := FullRunTests|GoldenTraceTests|Capacity|Coverage|Bench|SlurmTests|PythonTests|ChaosTests|fullDisk
SANITIZED := swift test -c release -Xswiftc -enable-testing --skip '$(LONG)'
sanitize: sanitize-address sanitize-thread

# Leaks are not looked for: Open MPI unloads its plugins before they could be told from ours. Races
# within libraries that are built without the sanitizer are listed in Tests/sanitizers.
# Some tests make a program crash on purpose; what prints its stack would wait for the sanitizer's own.
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
	swift format lint --strict -r Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

format:
	swift format -i -r Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

clean:
	rm -rf .build
