#!/usr/bin/env bash
# The fast tests of what changed: `make check`. By environment:
#   BASE    the revision to compare with (default: main, or origin/main if there is no main)
#   ALL     run all fast tests
#
# A test target runs if its own files changed, or a module that it imports, directly or not. Tests
# that need more than two seconds in a debug build are left out; `make test` runs them.
set -euo pipefail
cd "$(dirname "$0")/.."

# Targets whose tests train networks or measure for long.
slow_targets=(BenchTests ExperimentTests GoldenTests SweepRunTests)
# Suites and tests that train networks, repeat measurements or start many processes.
slow='CapacityCoverageTests|SearchedCoverageTests|sharpFrontiersAreNotOverstated'
slow+='|MPICommunicatorTests|WithWorldTests|ProcessesTests|ForecastTests'
slow+='|bytesDependOnResultsAlone'
# Of these targets only some suites are fast.
slow+='|^NeuralCoreTests\.(?!Pattern|Sequence|Target|Disruption|TrainingSchedule|RandomStream)'
slow+='|^EliseSweepTests\.(?!DocsTests|ReadmeTests|SweepsTests|NoteRaster|ProgressLine|ForecastText|StatusText)'

scratch=.build/check
flags=(--manifest-cache none --disable-build-manifest-caching -c debug -Xswiftc -enable-testing --scratch-path "$scratch")

base=${BASE:-}
if [[ -z $base ]]; then
  for branch in main origin/main; do
    if git rev-parse -q --verify "$branch" >/dev/null; then base=$branch && break; fi
  done
fi
changed() {
  if [[ -n $base ]]; then git diff --name-only "$(git merge-base HEAD "$base")"; fi
  git ls-files --others --exclude-standard
}
files=$(changed)

# The modules of this project that the files of a folder import.
imports() {
  { grep -rhoE '^(@[a-z]+ )*((public|package|internal) )?import [A-Za-z_]+' "$1" \
    --include='*.swift' || true; } | sed 's/.* //; s/^elise_sweep$/elise-sweep/' | sort -u
}
declare -A needs
folder() { if [[ -d Sources/$1 ]]; then echo "Sources/$1"; elif [[ -d Tests/$1 ]]; then echo "Tests/$1"; fi; }
# Adds a module and all that it imports to the names in `closure`.
close() {
  [[ -z ${closure[$1]:-} ]] || return 0
  closure[$1]=1
  local folder
  folder=$(folder "$1")
  [[ -n $folder ]] || return 0
  [[ -n ${needs[$1]+x} ]] || needs[$1]=$(imports "$folder")
  local name
  for name in ${needs[$1]}; do close "$name"; done
}

targets=()
for tests in Tests/*Tests; do
  target=${tests#Tests/}
  [[ " ${slow_targets[*]} " != *" $target "* ]] || continue
  declare -A closure=()
  close "$target"
  pattern=''
  for name in "${!closure[@]}"; do
    where=$(folder "$name")
    [[ -z $where ]] || pattern+="|$where/"
  done
  # What tests read besides code.
  case $target in
    ArchitectureTests) pattern+='|Sources/|Package\.swift|.*\.md$' ;;
    EliseSweepTests) pattern+='|docs/|README|CONTRIBUTING|sweeps/|slurm/' ;;
  esac
  if [[ -n ${ALL:-} ]] || grep -qE "^(Package\.swift|Tests/Fixtures/${pattern})" <<<"$files"; then
    targets+=("$target")
  fi
done

if ((${#targets[@]} == 0)); then
  echo "no fast test is about what changed"
  exit 0
fi
echo "fast tests of: ${targets[*]}"
swift build "${flags[@]}" --build-tests
exec swift test "${flags[@]}" --skip-build --filter "^($(IFS='|' && echo "${targets[*]}"))\." \
  --skip "$slow"
