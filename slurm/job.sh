# Functions of the job scripts in this folder. Sourced, not run.
#
# Environment variables:
#   ELISE_SWEEP     the program            (default: the one that is built or installed with this folder,
#                   or that of PATH)
#   ELISE_LAUNCH    srun or mpirun         (default: srun)
#   ELISE_MPIRUN    the mpirun to use if several MPI libraries are installed (default: mpirun)
#   ELISE_PMI       how srun connects the ranks; `srun --mpi=list` lists the choices; MPICH and its
#                   descendants need pmi2 (default: pmix)
#   ELISE_REQUEUES  how often a job that ran out of time restarts (default: 20)
#   ELISE_SHARDS    the number of shards of a sweep, for array.sbatch (no default)
#   ELISE_RESERVE   seconds before the time limit at which trials are saved (default: 60)

set -euo pipefail

# Prints the program, for the scripts in folder $1.
elise_program() {
  local folder
  if [[ -n ${ELISE_SWEEP:-} ]]; then
    echo "$ELISE_SWEEP"
    return
  fi
  for folder in "$1/../.build/release" "$1/../../../bin"; do
    if [[ -x $folder/elise-sweep ]]; then
      echo "$folder/elise-sweep"
      return
    fi
  done
  command -v elise-sweep || {
    echo "$1: got no program; expected elise-sweep in PATH, or ELISE_SWEEP=PROGRAM" >&2
    return 2
  }
}

# Prints the remaining seconds of the job, minus the reserve; nothing without a time limit.
elise_time_left() {
  # Days-hours:minutes:seconds, from the right.
  [[ $(squeue -h -j "$SLURM_JOB_ID" -o %L 2>/dev/null) =~ ^(([0-9]+)-)?(([0-9]+):)?([0-9]+):([0-9]+)$ ]] ||
    return 0
  local days=$((10#${BASH_REMATCH[2]:-0})) hours=$((10#${BASH_REMATCH[4]:-0}))
  local left=$(((days * 24 + hours) * 3600 + 10#${BASH_REMATCH[5]} * 60 + 10#${BASH_REMATCH[6]}))
  left=$((left - ${ELISE_RESERVE:-60}))
  echo $((left > 1 ? left : 1))
}

# Prints the shard of this task of an array. Slurm does not tell a task of --array=3 that there are
# eight shards, so the submitter says how many.
elise_shard() {
  local task=${SLURM_ARRAY_TASK_ID:-} count=${ELISE_SHARDS:-}
  if [[ ! $count =~ ^[1-9][0-9]*$ || ! $task =~ ^[0-9]+$ ]] || ((task < 1 || task > count)); then
    echo "array.sbatch: got array task ${task:-(none)} and ELISE_SHARDS=$count; expected the number of all" \
      "shards in ELISE_SHARDS and a task from 1 to it, for example: ELISE_SHARDS=8 sbatch --array=1-8 …" >&2
    return 2
  fi
  echo "$task/$count"
}

# Ends a launcher whose children have all been gone for ten seconds: Open MPI's mpirun can hang when its
# ranks die while they start. Zombies (Z) count as gone. If no child was ever seen, all may have died
# before the first check, or none has started yet: then it waits for a minute.
elise_watch() {
  local launcher=$1 allowed=60 gone=0
  while kill -0 "$launcher" 2>/dev/null; do
    if ps -o stat= --ppid "$launcher" | grep -qv '^Z'; then
      allowed=10 gone=0
    elif ((++gone > allowed)); then
      echo "the launcher $launcher waits for processes that have ended; killing it" >&2
      kill -KILL "$launcher"
    fi
    sleep 1
  done
}

# Runs the program on all tasks of the job. SIGTERM reaches the program from Slurm itself; this shell
# notes it and stays to receive the exit code. SIGUSR1 and SIGUSR2, as `--signal=B:USR1@120` sends them
# before the time limit, reach this shell only and are passed on.
elise_launch() {
  local code=0 pid=''
  trap 'elise_ended=yes' TERM INT
  trap : CONT
  trap 'elise_warned=yes; kill -USR1 $pid 2>/dev/null || true' USR1 USR2
  if [[ ${ELISE_LAUNCH:-srun} == mpirun ]]; then
    "${ELISE_MPIRUN:-mpirun}" --bind-to none "$@" &
  else
    # Since version 22.05, srun does not take the cores of a task from the job.
    srun --mpi="${ELISE_PMI:-pmix}" --kill-on-bad-exit=1 \
      ${SLURM_CPUS_PER_TASK:+"--cpus-per-task=$SLURM_CPUS_PER_TASK"} "$@" &
  fi
  pid=$!
  if [[ ${ELISE_LAUNCH:-srun} == mpirun ]]; then elise_watch "$pid" & fi
  # A signal interrupts wait, so wait until the process has ended.
  while true; do
    wait "$pid" && code=0 || code=$?
    kill -0 "$pid" 2>/dev/null || break
  done
  return "$code"
}

# Prints why a job that ended with an exit code must start again; nothing if it must not. `scancel` ends a
# job for good. It sends SIGTERM to this shell, as the end of the time limit and a requeue do; Slurm itself
# requeues. Within the grace time of a preemption only the program is signalled.
elise_restart_reason() {
  local code=$1 limited=$2 state
  state=$(scontrol -o show job "$(elise_job)" 2>/dev/null) || true
  if [[ -n ${elise_ended:-} || $state != *" JobState=RUNNING "* ]]; then
    [[ $code == 0 || $state != *" Reason=TimeLimit "* ]] || echo "the time limit has passed"
  elif [[ $code != 0 && $state =~ \ PreemptTime=[0-9] ]]; then
    echo "the job is preempted"
  elif [[ $code == 3 && -n ${limited}${elise_warned:-} || $code -ge 128 && -n ${elise_warned:-} ]]; then
    # A warning that comes before the program listens kills it.
    echo "the time is up"
  fi
}

# Prints the number of the job. That of an array task can also name the whole array.
elise_job() {
  if [[ -n ${SLURM_ARRAY_TASK_ID:-} ]]; then
    echo "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
  else
    echo "$SLURM_JOB_ID"
  fi
}

# Runs `elise-sweep run` with the given words, and restarts the job if its time was too short.
elise_run() {
  local program=$1 left='' code=0 limited='' attempt reason begin=$SECONDS
  shift
  # A --max-time of the user takes precedence.
  if [[ " $* " == *" --max-time"[\ =]* ]]; then limited=yes; else left=$(elise_time_left); fi
  for attempt in 1 2 3; do
    code=0
    elise_launch "$program" run "$@" ${left:+--max-time "${left}s"} || code=$?
    # Ranks of Open MPI can crash while they start, if another rank is ready first and sends a message
    # (github.com/open-mpi/ompi/issues/12495). Then nothing has run.
    [[ $code == $((128 + 11)) && -z ${elise_ended:-}${elise_warned:-} ]] || break
    ((attempt < 3 && SECONDS - begin < 60)) || break
    echo "ranks crashed while they started: starting them again" >&2
  done
  # A second may be lost in rounding.
  if [[ -n $left ]] && ((SECONDS - begin >= left - 1)); then limited=yes; fi
  reason=$(elise_restart_reason "$code" "$limited")
  if [[ -n $reason ]]; then
    if ((${SLURM_RESTART_COUNT:-0} < ${ELISE_REQUEUES:-20})); then
      echo "trials remain, and $reason: restarting job $(elise_job)" >&2
      scontrol requeue "$(elise_job)"
      # The requeue ends this shell.
      sleep 60
    fi
    echo "trials remain after ${SLURM_RESTART_COUNT:-0} restarts; submit the job again to continue" >&2
  elif [[ $code == 3 || $code != 0 && -n ${elise_ended:-} ]]; then
    # mpirun returns 1 after a signal.
    echo "the job was asked to end and does not start again; submit it again to continue" >&2
  fi
  return "$code"
}
