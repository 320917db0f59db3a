# A Slurm of four virtual nodes on this machine, for tests: cluster_start FOLDER, cluster_stop.
# Everything stays below FOLDER and on 127.0.0.1. Needs root, slurm-wlm and munge.

cluster_start() {
  R=$1
  PIDS=()
  mkdir -p "$R"/{munge,log,state,spool,tmp}
  chmod 755 "$R"
  chmod 711 "$R/munge"
  dd if=/dev/urandom of="$R/munge/key" bs=1024 count=1 status=none
  chmod 400 "$R/munge/key"
  munged --foreground --force --key-file="$R/munge/key" --socket="$R/munge/socket" \
    --pid-file="$R/munge/pid" --seed-file="$R/munge/seed" --log-file="$R/log/munged" \
    >"$R/log/munged.out" 2>&1 &
  PIDS+=($!)
  local host
  host=$(hostname -s)
  cat >"$R/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$R/munge/socket,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SlurmdParameters=config_overrides
MpiDefault=pmix
ReturnToService=2
StateSaveLocation=$R/state
SlurmdSpoolDir=$R/spool/%n
TmpFS=$R/tmp/%n
SlurmctldLogFile=$R/log/slurmctld
SlurmdLogFile=$R/log/slurmd-%n
SlurmctldPidFile=$R/slurmctld.pid
SlurmdPidFile=$R/slurmd-%n.pid
MinJobAge=3600
KillWait=5
NodeName=node[1-4] NodeHostname=$host NodeAddr=127.0.0.1 Port=[17001-17004] CPUs=2 RealMemory=2000
PartitionName=main Nodes=node[1-4] Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=patient Nodes=node[1-4] MaxTime=INFINITE State=UP PriorityTier=1 GraceTime=30
PartitionName=urgent Nodes=node[1-4] MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
CONF
  export SLURM_CONF=$R/slurm.conf
  for _ in {1..50}; do [[ -S $R/munge/socket ]] && break; sleep 0.1; done
  slurmctld -D -i -f "$SLURM_CONF" >"$R/log/slurmctld.out" 2>&1 &
  PIDS+=($!)
  local node
  for node in 1 2 3 4; do
    mkdir -p "$R/spool/node$node" "$R/tmp/node$node"
    slurmd -D -N "node$node" -f "$SLURM_CONF" >"$R/log/slurmd-$node.out" 2>&1 &
    PIDS+=($!)
  done
  for _ in {1..100}; do
    [[ $(sinfo -h -p main -N -t idle -o %N 2>/dev/null | wc -l) == 4 ]] && return 0
    sleep 0.2
  done
  echo "the nodes did not come up:" >&2
  tail -n 5 "$R"/log/* >&2
  return 1
}

cluster_stop() {
  scancel -u root 2>/dev/null
  sleep 1
  local i
  for ((i = ${#PIDS[@]} - 1; i >= 0; i--)); do kill "${PIDS[i]}" 2>/dev/null; done
  # A slurmd may wait for a controller that has gone.
  for _ in {1..25}; do
    kill -0 "${PIDS[@]}" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL "${PIDS[@]}" 2>/dev/null
  wait 2>/dev/null
  return 0
}

# Waits until a job, or every task of an array, has ended; prints their states.
wait_job() {
  local states
  for _ in $(seq "${2:-240}"); do
    states=$(squeue -h -r -t all -j "$1" -o %T 2>/dev/null | sort -u | tr '\n' ' ')
    case $states in
      *PENDING* | *RUNNING* | *COMPLETING* | *CONFIGURING* | *REQUEUE* | *SUSPENDED*) sleep 0.5 ;;
      *) echo "$states"; return 0 ;;
    esac
  done
  echo "still $states"
  return 1
}
