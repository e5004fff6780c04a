# The front door. `make` or `make help` lists what can be done; a line's text after
# "#>" is what help prints. Debian 12 with make and git is enough: each target installs
# the system packages that are missing, and Python packages go only into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: certify fuzz mutate help build test test-python-versions demo bench bench-frames bench-growth bench-peers bench-national bench-python python site clean system-packages

# Set to nothing (make build SYSTEM_PACKAGES=) when you provide these yourself.
SYSTEM_PACKAGES := g++ cmake ninja-build \
  libboost-dev libyaml-cpp-dev nlohmann-json3-dev nettle-dev libcsv-dev libpugixml-dev libcli11-dev libical-dev \
  libgtest-dev libgmock-dev libbenchmark-dev \
  python3 python3-dev python3-venv

# The Python to build for; `make python PYTHON=python3.12` takes another.
PYTHON := python3
VENV := .venv

say = @printf '\n==> %s\n' $(1)

help: #> list what can be done
	@printf 'leavingcare: English leaving-care law as data\n\n'
	@sed -nE 's/^([a-z-]+):.*#> (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 29
	@printf '\nThe program is build/leavingcare; other builds: cmake --list-presets\n'

build: system-packages #> build the library, the program (build/leavingcare), tests and benches
	$(call say,"building into build/")
	@# Ninja runs CMake again by itself when a build file or the set of sources changes.
	@# Under CI a warning is an error; elsewhere a newer compiler may warn of more.
	@[ -f build/build.ninja ] || \
	  cmake --preset release $(if $(CI),-DLEAVINGCARE_WARNINGS_AS_ERRORS=ON)
	@cmake --build --preset release

# All of it runs even if a part fails, so that one run tells everything. Java is for Spark.
TEST_PACKAGES := default-jre-headless
test: build python #> build, then run every test: C++, rulebooks, packaging, Python
	@$(MAKE) system-packages SYSTEM_PACKAGES="$(if $(SYSTEM_PACKAGES),$(TEST_PACKAGES))"
	@mkdir -p build/reports && rm -f build/reports/*.xml
	$(call say,"tests: C++ - rulebooks - packaging - Python")
	@sound=true; \
	ctest --preset release -j "$$(nproc)" --progress \
	  --output-junit "$(CURDIR)/build/reports/ctest.xml" || sound=false; \
	$(VENV)/bin/python -m pytest -q --junitxml=build/reports/pytest.xml || sound=false; \
	$(VENV)/bin/python tests/scripts/summarise.py build/reports/ctest.xml build/reports/pytest.xml || sound=false; \
	$$sound

# Minutes, not seconds: the module is built once for each Python.
test-python-versions: system-packages #> test the wheel on Python 3.10 to 3.13, with the oldest and newest pandas, polars, pyarrow
	@$(PYTHON) tests/python/try_versions.py

# An invented council's returns, six collection years; the last one ends on the day below.
SAMPLE := python/leavingcare/sample
AS_AT := 2024-03-31
# And an invented quarter of a council's leaving care service.
QUARTER := python/leavingcare/sample_quarter
QUARTER_ENDS := 2016-09-30
demo: build #> see it work: who is owed what in an invented council, what changes soon, and why
	$(call say,"the rulebook: is it sound$(comma) and do its scenarios come out as written?")
	@build/leavingcare check england
	@build/leavingcare test england
	$(call say,"six yearly SSDA903 returns joined: the cohort on $(AS_AT) - who cannot be decided - who changes in 90 days")
	@build/leavingcare evaluate --rules england --ssda903 $(SAMPLE) --on $(AS_AT) --changes-within 90d
	$(call say,"one young person explained: 401084 is not yet an eligible child")
	@build/leavingcare explain --rules england --ssda903 $(SAMPLE) --quiet --person 401084 --rule eligible_child
	$(call say,"what is overdue and what falls due in 90 days - also as a calendar: build/demo.ics")
	@build/leavingcare upcoming --rules england --ssda903 $(SAMPLE) --quiet --within 90d --ics build/demo.ics
	$(call say,"one review that is due$(comma) explained so that it can be sent as it is")
	@build/leavingcare explain --rules england --ssda903 $(SAMPLE) --quiet --person 400882 --rule looked_after_review | sed '/^Why$$/,$$d'
	$(call say,"a council's own document$(comma) every line accounted for: what of it a machine can decide")
	@build/leavingcare ledger cornwall | sed '/^Status definition/,$$d'
	$(call say,"a quarter of that council's service: its indicators against their targets$(comma) in the order of the document")
	@build/leavingcare indicators --rules cornwall --facts $(QUARTER) --as-at $(QUARTER_ENDS) --quiet
	$(call say,"what was late or not done in that quarter$(comma) by law and by contract")
	@build/leavingcare breaches --rules cornwall --facts $(QUARTER) --as-at $(QUARTER_ENDS) --from 2016-07-01 --quiet
	$(call say,"the same document against the law: where it gives more$(comma) less or other than the law$(comma) found by a search over generated lives")
	@build/leavingcare compare england cornwall | awk '/^$$/ {blank++} blank < 2'
	$(call say,"one of them: somebody whom the document calls a relevant child$(comma) and the law does not")
	@build/leavingcare compare england cornwall --rule cornwall_relevant_child | tail -n +5
	$(call say,"all of it as tables: build/demo/statuses.csv and others")
	@build/leavingcare evaluate --rules england --ssda903 $(SAMPLE) --quiet --out build/demo && head -n 6 build/demo/statuses.csv

# Random rulebooks over random lives, as long as wanted: make certify SEED=5 SECONDS=600
SEED := 1
SECONDS := 300
certify: build #> the engine against a naive interpreter of the rule language; SEED=5 SECONDS=600
	@$(PYTHON) -B tests/certify/certify.py --command build/leavingcare --seed $(SEED) --rounds 1000000 --seconds $(SECONDS) --keep build/certify

MUTATE :=
mutate: build python #> change one token at a time: does a test notice? MUTATE="--header day.hpp --sample 20"
	@$(VENV)/bin/python -B tests/mutation/mutate.py --jobs "$$(nproc)" $(MUTATE)

# Each target that long, on one core, after the inputs saved in tests/fuzz/corpus. Inputs that reach new code are kept in build-fuzz/found, and
# what brings a target down in build-fuzz/crashes.
FUZZ_PACKAGES := clang libclang-rt-14-dev
fuzz: #> fuzz every reader and the engine under sanitizers: make fuzz SECONDS=600
	@$(MAKE) system-packages SYSTEM_PACKAGES="$(SYSTEM_PACKAGES) $(FUZZ_PACKAGES)"
	@cmake --preset fuzz && cmake --build --preset fuzz
	@for target in build-fuzz/tests/fuzz/fuzz_*; do \
	  [ -f "$$target" ] || continue; \
	  name="$${target##*/fuzz_}"; found="build-fuzz/found/$$name"; mkdir -p "$$found" build-fuzz/crashes; \
	  printf '\n==> %s\n' "$$name"; \
	  LEAVINGCARE_RULES=rules "$$target" -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=3000 -max_len=20000 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix="build-fuzz/crashes/$$name-" "$$found" "tests/fuzz/corpus/$$name" \
	    $$([ "$$name" = rulebook ] && echo tests/bad_rulebooks); \
	done

comma := ,

bench: build bench-python #> run the benches (optimised build), then the peers' job: table, chart, bars
	@for bench in build/bench/*_bench; do \
	  printf '\n==> %s\n' "$$bench"; "$$bench"; \
	done
	@$(MAKE) bench-peers

bench-frames: python #> frames into Python and out of it, one person from Python, a million people as Arrow columns
	@$(VENV)/bin/python -B bench/python_bench.py
	@$(VENV)/bin/python -B bench/arrow_million.py

bench-growth: bench-python #> how cost grows with people, episodes, rules, versions, threads: table and charts; some minutes
	@[ -x build/bench/growth ] || $(MAKE) build
	$(call say,"growth: each point checked$(comma) then timed in a process of its own")
	@$(BENCH_PYTHON) bench/growth.py --out $(BENCH_RESULTS)

# The job of bench/README.md by us and by what people would pick instead; BENCH="--people 1000000" is the full run, and
# run.py --help lists the rest. Fails where a ratio is below its bar (bench/bars.yaml).
BENCH :=
BENCH_RESULTS := build/bench/results
bench-peers: bench-python #> the peers' job alone; BENCH="--people 1000000" for the full run
	@[ -x build/bench/peers/native ] && [ -x build/leavingcare ] || $(MAKE) build
	$(call say,"the peers' job: checked$(comma) then timed in turn")
	@$(BENCH_PYTHON) bench/peers/run.py --out $(BENCH_RESULTS) $(BENCH)
	@$(BENCH_PYTHON) bench/peers/report.py $(BENCH_RESULTS)
	$(call say,"the bars")
	@$(BENCH_PYTHON) bench/peers/check_bars.py $(BENCH_RESULTS)

bench-national: python #> measure a national run again, and make its page anew
	@$(MAKE) system-packages SYSTEM_PACKAGES="$(if $(SYSTEM_PACKAGES),$(TEST_PACKAGES))"
	@$(VENV)/bin/python -B bench/national_run.py

# The peers have an environment of their own: their pins are not those of our tests.
BENCH_VENV := build-bench/venv
BENCH_PYTHON := $(BENCH_VENV)/bin/python -B
bench-python: system-packages
	@if ! [ -x $(BENCH_VENV)/bin/python ] || ! $(BENCH_VENV)/bin/python -c '' 2>/dev/null; then \
	  printf '\n==> making a Python environment for the peers in %s\n' $(BENCH_VENV); \
	  rm -rf $(BENCH_VENV); $(PYTHON) -m venv $(BENCH_VENV); \
	fi
	@stamp="$(BENCH_VENV)/.requirements-$$(sha256sum < bench/requirements.txt | cut -c1-16)"; \
	if ! [ -f "$$stamp" ]; then \
	  printf '\n==> installing the pinned peers\n'; \
	  $(BENCH_VENV)/bin/python -m pip install -q --disable-pip-version-check -r bench/requirements.txt; \
	  rm -f $(BENCH_VENV)/.requirements-*; touch "$$stamp"; \
	fi

# Two stamps in .venv, named by a digest of what they depend on, make a second run quick:
# one for the pinned packages, one for our own package.
python: system-packages #> put the Python package and what its tests need into .venv
	@if ! [ -x $(VENV)/bin/python ] || ! $(VENV)/bin/python -c '' 2>/dev/null; then \
	  printf '\n==> making a Python environment in %s\n' $(VENV); \
	  rm -rf $(VENV); $(PYTHON) -m venv $(VENV); \
	fi
	@stamp="$(VENV)/.requirements-$$(sha256sum < python/requirements-test.txt | cut -c1-16)"; \
	if ! [ -f "$$stamp" ]; then \
	  printf '\n==> installing the pinned Python packages\n'; \
	  $(VENV)/bin/python -m pip install --disable-pip-version-check -r python/requirements-test.txt; \
	  rm -f $(VENV)/.requirements-* $(VENV)/.package-*; touch "$$stamp"; \
	fi
	@digest="$$(find CMakeLists.txt pyproject.toml LICENSE include src bindings python rules \
	    -name __pycache__ -prune -o -type f -print0 \
	  | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)"; \
	stamp="$(VENV)/.package-$$digest"; \
	if ! [ -f "$$stamp" ]; then \
	  printf '\n==> building the Python package (whole log: build-python/pip.log)\n'; \
	  mkdir -p build-python; \
	  $(VENV)/bin/python -m pip install -v --disable-pip-version-check \
	      --no-build-isolation --no-deps --force-reinstall \
	      --config-settings=build-dir=build-python . 2>&1 \
	    | tee build-python/pip.log \
	    | { grep --line-buffered -oE '\[[0-9]+/[0-9]+\] .*|.*(error|warning): .*|Successfully installed .*' || true; } \
	    || { tail -n 40 build-python/pip.log; exit 1; }; \
	  rm -f $(VENV)/.package-*; touch "$$stamp"; \
	fi

site: build python #> the reference and how-to pages: build/site/index.html, which opens from disk
	$(call say,"the pages: docstrings - rulebook - operators - notebooks$(comma) which are run")
	@$(VENV)/bin/python python/reference/build_site.py --command build/leavingcare --out build/site

clean: #> remove everything that was built, and .venv
	rm -rf build build-* $(VENV) .pytest_cache

# Asks the package database, and apt only when something is missing.
system-packages:
	@if ! command -v dpkg-query >/dev/null; then \
	  [ -z "$(SYSTEM_PACKAGES)" ] || \
	    printf '==> not a Debian system: you need what Debian calls %s\n' "$(SYSTEM_PACKAGES)"; \
	  exit 0; \
	fi; \
	missing=""; \
	for package in $(SYSTEM_PACKAGES); do \
	  state="$$(dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null || true)"; \
	  [ "$$state" = installed ] || missing+=" $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	printf '==> installing missing system packages:%s\n' "$$missing"; \
	as_root=""; \
	if [ "$$(id -u)" != 0 ]; then \
	  if ! command -v sudo >/dev/null; then \
	    printf 'Neither root nor sudo. As root, run: apt-get install%s\n' "$$missing" >&2; exit 1; \
	  fi; \
	  as_root=sudo; \
	fi; \
	$$as_root apt-get update -q; \
	$$as_root env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -q --no-install-recommends $$missing
