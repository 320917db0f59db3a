#!/usr/bin/env bash
# Runs a small sweep on a real Slurm of four virtual nodes in the ways that the README names, with
# all that goes wrong on clusters, and compares every result with that of a plain run.
#
#   check.sh PROGRAM FOLDER        prints "ok NAME" for each check; exit code 1 if one fails
set -u
here=$(cd "$(dirname "$0")" && pwd)
scripts=$here/../../slurm
export ELISE_SWEEP=$1
folder=$2
mkdir -p "$folder"
cd "$folder" || exit 1
source "$here/cluster.sh"
trap 'cluster_stop >/dev/null 2>&1' EXIT
cluster_start "$folder/cluster" || exit 1
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
if ldd "$1" | grep -q libmpich; then export ELISE_PMI=pmi2; fi
# Shared memory between virtual nodes of one host is none.
export OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,tcp OMPI_MCA_btl_tcp_if_include=lo \
  OMPI_MCA_oob_tcp_if_include=lo

printf '# name: tune nNeurons: 3 nSteps: 10\n%s\n%s\n%s\n' \
  "1 0 0 0 1 0 0 0 1 0" "0 1 0 1 0 0 0 1 0 1" "0 0 1 0 0 1 1 0 0 0" >tune.txt
cat >small.yaml <<'YAML'
name: small
fixed: {pattern: tune.txt, training_cycles: 2000, replay_cycles: 14}
grid: {latent: [20, 30], seed: {from: 1, to: 8}}
YAML
"$ELISE_SWEEP" run small.yaml --out plain --quiet || exit 1

failed=0
# Whether a result folder holds the same tables as the plain run, and every trial once.
check() {
  local name=$1 out=$2 file
  for file in trials.csv summary.csv summary.md cube.nc; do
    if ! cmp -s "$out/$file" "plain/$file"; then
      echo "FAILED $name: $out/$file is another one than that of a plain run"
      tail -n 150 slurm-*.out
      failed=1
      return
    fi
  done
  local rows trials
  rows=$(cat "$out"/journal/*.jsonl | wc -l)
  trials=$(cat "$out"/journal/*.jsonl | sed 's/.*"trial":"\([0-9a-f]*\)".*/\1/' | sort -u | wc -l)
  if [[ $rows != 16 || $trials != 16 ]]; then
    echo "FAILED $name: $rows rows of $trials trials in the journal"
    failed=1
    return
  fi
  echo "ok $name"
}

# Waits until a job runs and has finished some trials.
wait_rows() {
  local _
  for _ in {1..120}; do
    [[ $(cat "$1"/journal/*.jsonl 2>/dev/null | wc -l) -ge $2 ]] && return 0
    sleep 0.1
  done
}

# Lets a job that was put back start at once instead of after Slurm's pause.
hurry() {
  local _
  # A busy machine takes a while to end the job.
  for _ in {1..300}; do
    [[ $(squeue -h -t pending -j "$1" -o %T 2>/dev/null) == PENDING* ]] && break
    sleep 0.2
  done
  sleep 6 # the credential of the job's last start must have expired
  scontrol update jobid="$1" StartTime=now 2>/dev/null
}

# Waits until a job has stopped for now, or all its trials are done.
wait_ended_or_rows() {
  local _
  for _ in {1..60}; do
    [[ $(squeue -h -t running -j "$1" -o %T 2>/dev/null) == RUNNING ]] || break
    [[ $(cat "$2"/journal/*.jsonl 2>/dev/null | wc -l) -ge $3 ]] && break
    sleep 0.5
  done
}

# The states of jobs, of arrays or of their tasks, each once.
states() {
  squeue -h -r -t all -j "${1%_*}" -o '%i %T' | awk -v jobs=" $* " \
    '{ base = $1; sub(/_.*/, "", base) } index(jobs, " " $1 " ") || index(jobs, " " base " ") { print $2 }' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# Whether jobs end in one of some states and do not start again.
stays() {
  local name=$1 allowed=$2 job found
  shift 2
  for job in "$@"; do wait_job "$job" 60 >/dev/null; done
  sleep 3 # a requeue would have followed
  found=$(states "$@")
  if [[ -n $found && " $allowed " == *" $found "* ]]; then
    echo "ok $name"
  else
    echo "FAILED $name: $found"
    tail -n 150 slurm-*.out
    failed=1
  fi
}

mpi() { sbatch --parsable --nodes=4 --ntasks-per-node=1 "$@"; }

submitted=$("$scripts/submit" --shards=8 --time=10 small.yaml --out array --quiet)
array=$(sed -n 's/^array job \([0-9]*\), then tables by job .*/\1/p' <<<"$submitted")
merge=$(sed -n 's/.* then tables by job \([0-9]*\);.*/\1/p' <<<"$submitted")
wait_job "$array" >/dev/null
wait_job "$merge" >/dev/null
check "submit: an array of 8 over 4 nodes, and its tables" array

# Of four shards, one again, and the others as an array with a gap: each runs its own four trials.
shards() { ELISE_SHARDS=4 sbatch --parsable --ntasks=1 --time=10 "$@" small.yaml --out shards --quiet; }
job=$(shards --array=3 "$scripts/array.sbatch")
wait_job "$job" >/dev/null
[[ $(cat shards/journal/*.jsonl | wc -l) == 4 ]] || { echo "FAILED one shard of four"; failed=1; }
job=$(shards --array=2-4:2 "$scripts/array.sbatch")
wait_job "$job" >/dev/null
[[ $(cat shards/journal/*.jsonl | wc -l) == 12 ]] || { echo "FAILED an array with gaps"; failed=1; }
job=$(shards --array=1,3 "$scripts/array.sbatch")
wait_job "$job" >/dev/null
check "one shard of four, an array with gaps, one shard again" shards

# Whether a command fails and says some words.
refuses() {
  local name=$1 words=$2 output
  shift 2
  if output=$("$@" 2>&1) || [[ $output != *"$words"* ]]; then
    echo "FAILED $name: $output"
    failed=1
  else
    echo "ok $name"
  fi
}
refuses "more jobs than an array may have" "expected at most 1000 (MaxArraySize of this Slurm)" \
  "$scripts/submit" --dry-run --shards=1001 small.yaml --out none
refuses "tasks that do not see each other" "srun --mpi=pmix" \
  srun --mpi=none --ntasks=4 --nodes=4 "$ELISE_SWEEP" run small.yaml --out none --quiet
[[ ! -e none ]] || { echo "FAILED: something was run"; failed=1; }

job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out srun --quiet)
wait_job "$job" >/dev/null
check "MPI over 4 nodes by srun" srun

job=$(ELISE_LAUNCH=mpirun mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out mpirun --quiet)
wait_job "$job" >/dev/null
check "MPI over 4 nodes by mpirun" mpirun

# Without ELISE_SWEEP, an installed script uses the program that is installed with it.
make -s -C "$here/../.." install PROGRAM="$ELISE_SWEEP" PREFIX="$PWD/prefix" >/dev/null || failed=1
job=$(env -u ELISE_SWEEP sbatch --parsable --ntasks=1 --time=10 \
  prefix/share/elise-sweep/slurm/mpi.sbatch small.yaml --out installed --quiet)
wait_job "$job" >/dev/null
check "an installed job script" installed

job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out requeue --quiet)
wait_rows requeue 2
scontrol requeue "$job"
hurry "$job"
wait_job "$job" >/dev/null
check "a job that is requeued" requeue

job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out preempted --quiet)
wait_rows preempted 2
urgent=$(sbatch --parsable --partition=urgent --nodes=4 --exclusive --time=1 --wrap 'sleep 1')
wait_job "$urgent" >/dev/null
hurry "$job"
wait_job "$job" >/dev/null
check "a job that is preempted" preempted

# Of one minute, 52 seconds are kept back: the job has a few seconds at a time and starts again.
job=$(ELISE_RESERVE=52 mpi --time=1 "$scripts/mpi.sbatch" small.yaml --out limited --quiet)
for _ in 1 2 3 4; do
  wait_ended_or_rows "$job" limited 16
  [[ $(cat limited/journal/*.jsonl 2>/dev/null | wc -l) -ge 16 ]] && break
  hurry "$job"
done
wait_job "$job" >/dev/null
check "a job that runs into its time limit" limited

job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out down --quiet)
wait_rows down 2
scontrol update nodename=node2 state=down reason=test
sleep 1
scontrol update nodename=node2 state=resume 2>/dev/null # where it has not come back by itself
hurry "$job"
wait_job "$job" >/dev/null
check "a node that goes down" down

# What scancel ends stays ended, though the program exits as at a time limit; the same command continues.
for launch in srun mpirun; do
  job=$(ELISE_LAUNCH=$launch mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out "cancel-$launch" --quiet)
  wait_rows "cancel-$launch" 2
  scancel "$job"
  stays "a running job under $launch that is cancelled" CANCELLED "$job"
  job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out "cancel-$launch" --quiet)
  wait_job "$job" >/dev/null
  check "a cancelled job under $launch that is submitted again" "cancel-$launch"
done

job=$(mpi --time=10 "$scripts/mpi.sbatch" small.yaml --out killed --quiet)
wait_rows killed 2
scancel --signal=KILL --full "$job" 2>/dev/null
stays "a job that is killed with all its processes" "CANCELLED FAILED" "$job"

job=$(mpi --time=10 --begin=now+1hour "$scripts/mpi.sbatch" small.yaml --out pending --quiet)
scancel "$job"
stays "a pending job that is cancelled" CANCELLED "$job"
[[ ! -e pending ]] || { echo "FAILED: a pending job has run"; failed=1; }

four() { ELISE_SHARDS=4 sbatch --parsable --time=10 "$@" "$scripts/array.sbatch" small.yaml --out four --quiet; }
job=$(four --array=1-4%2)
wait_rows four 2
scancel "${job}_2" "${job}_4"
wait_job "$job" >/dev/null
stays "a running and a pending task of an array that are cancelled" CANCELLED "${job}_2" "${job}_4"
[[ $(states "${job}_1" "${job}_3") == COMPLETED ]] || { echo "FAILED: the other tasks are $(states "${job}_1" "${job}_3")"; failed=1; }
job=$(four --array=2,4)
wait_job "$job" >/dev/null
job=$(sbatch --parsable "$scripts/merge.sbatch" four)
wait_job "$job" >/dev/null
check "cancelled tasks of an array that are submitted again" four

rm -r four
job=$(four --array=1-4%2)
wait_rows four 2
scancel "$job"
stays "an array that is cancelled" CANCELLED "$job"

# Within the grace time, only the program hears of the preemption.
job=$(mpi --partition=patient --time=10 "$scripts/mpi.sbatch" small.yaml --out grace --quiet)
wait_rows grace 2
urgent=$(sbatch --parsable --partition=urgent --nodes=4 --exclusive --time=1 --wrap 'sleep 1')
wait_job "$urgent" >/dev/null
hurry "$job"
wait_job "$job" >/dev/null
check "a job that is preempted with a grace time" grace

# Slurm warns up to a minute early, so at once.
job=$(mpi --time=2 --signal=B:USR1@100 "$scripts/mpi.sbatch" small.yaml --out warned --quiet)
for _ in 1 2 3; do
  wait_ended_or_rows "$job" warned 16
  [[ $(cat warned/journal/*.jsonl 2>/dev/null | wc -l) -ge 16 ]] && break
  hurry "$job"
done
wait_job "$job" >/dev/null
check "a job that is warned before its time limit" warned

exit "$failed"
