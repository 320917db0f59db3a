# Functions that the job scripts of this folder share. Sourced, not run.
#
# Settings, by environment:
#   ELISE_SWEEP     the program            (default: .build/release/elise-sweep beside this folder)
#   ELISE_LAUNCH    srun or mpirun         (default: srun)
#   ELISE_MPIRUN    that mpirun, if several MPI libraries are installed (default: mpirun)
#   ELISE_PMI       how srun connects the ranks; `srun --mpi=list` lists the choices, pmi2 is for
#                   MPICH and its descendants (default: pmix)
#   ELISE_REQUEUES  how often a job that ran out of time is requeued (default: 20)
#   ELISE_RESERVE   seconds before the time limit at which trials save themselves (default: 60)

set -euo pipefail


# Prints the remaining seconds of the job minus the reserve; nothing without a limit.
elise_time_left() {
  local end
  end=$(squeue -h -j "$SLURM_JOB_ID" -o %e 2>/dev/null | head -n 1) || true
  case $end in
    "" | N/A | UNLIMITED) ;;
    *)
      local left=$(($(date -d "$end" +%s) - $(date +%s) - ${ELISE_RESERVE:-60}))
      echo $((left > 1 ? left : 1))
      ;;
  esac
}

# Ends a launcher all of whose children have been gone for ten seconds: Open MPI's mpirun may wait
# forever if its ranks die while they start. Zombies (Z) count as gone. If no child was ever seen, all
# may have died before the first look, or none has started yet; then it waits a minute.
elise_watch() {
  local launcher=$1 allowed=60 gone=0
  while kill -0 "$launcher" 2>/dev/null; do
    if ps -o stat= --ppid "$launcher" | grep -qv '^Z'; then
      allowed=10 gone=0
    elif ((++gone > allowed)); then
      echo "the launcher $launcher waits for processes that are gone: ending it" >&2
      kill -KILL "$launcher"
    fi
    sleep 1
  done
}

# Runs the program on all tasks of the job. Slurm sends signals to it directly; this shell only has to
# survive them to read the exit code.
elise_launch() {
  local code=0
  trap : TERM CONT USR1 USR2 INT
  if [[ ${ELISE_LAUNCH:-srun} == mpirun ]]; then
    "${ELISE_MPIRUN:-mpirun}" --bind-to none "$@" &
  else
    srun --mpi="${ELISE_PMI:-pmix}" --kill-on-bad-exit=1 "$@" &
  fi
  local pid=$!
  if [[ ${ELISE_LAUNCH:-srun} == mpirun ]]; then elise_watch "$pid" & fi
  # A signal interrupts wait; the program is over only when its process is.
  while true; do
    wait "$pid" && code=0 || code=$?
    kill -0 "$pid" 2>/dev/null || break
  done
  return "$code"
}

# Runs `elise-sweep run` with the given arguments, and requeues the job while trials are left (exit
# code 3).
elise_run() {
  local program=$1 left code=0
  shift
  left=$(elise_time_left)
  elise_launch "$program" run "$@" ${left:+--max-time "${left}s"} || code=$?
  if [[ $code == 3 ]]; then
    if ((${SLURM_RESTART_COUNT:-0} < ${ELISE_REQUEUES:-20})); then
      # One task of an array has the number of the whole array, which must not be requeued.
      local job=$SLURM_JOB_ID
      [[ -z ${SLURM_ARRAY_TASK_ID:-} ]] || job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
      echo "not done: starting job $job again" >&2
      scontrol requeue "$job"
      # The requeue ends this shell; until then there is nothing to do.
      sleep 60
    fi
    echo "not done after ${SLURM_RESTART_COUNT:-0} restarts: submit it again to go on" >&2
  fi
  return "$code"
}
