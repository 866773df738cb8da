#!/bin/sh
# `sh test/shards/slurm.sh [people]`: tries docs/shards/slurm.sh on a real Slurm of one node, this machine. By hand and as
# root, since it starts Slurm's daemons (Debian: apt-get install slurm-wlm munge); they are ended again and leave nothing.
# One task is killed in the middle and requeued. Ends with 0 if the files are those of a single run.
set -eu
people=${1:-4000}
root=$(cd "$(dirname "$0")/../.." && pwd)
for program in munged slurmctld slurmd sbatch; do
  command -v "$program" >/dev/null || { echo "$program is not installed"; exit 2; }
done
scratch=$(mktemp -d)
chmod 755 "$scratch"
node=$(hostname -s)
pids=
leave() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  sleep 1
  rm -rf "$scratch"
}
trap leave EXIT
lulus() { node "$root/bin/lulus.js" "$@"; }

# an event whose certificates are numbered, and the same rendered in one run
(cd "$root" && node test/shards/event.js "$scratch/event" "$people")
lulus key create "$scratch/event" --no-passphrase --quiet
lulus issue "$scratch/event" --no-render --quiet
cp -r "$scratch/event" "$scratch/single"
lulus render "$scratch/single" --quiet

# Slurm of one node, on its own ports and in its own folders
mkdir -m 700 "$scratch/munge" && mkdir "$scratch/state" "$scratch/spool" "$scratch/bin"
dd if=/dev/urandom of="$scratch/munge/key" bs=1024 count=1 2>/dev/null && chmod 400 "$scratch/munge/key"
munged --foreground --force --key-file="$scratch/munge/key" --socket="$scratch/munge.socket" --pid-file="$scratch/munged.pid" \
  --log-file="$scratch/munged.log" --seed-file="$scratch/munge/seed" 2>/dev/null &
pids="$pids $!"
cat > "$scratch/slurm.conf" <<CONF
ClusterName=trial
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
AuthType=auth/munge
AuthInfo=socket=$scratch/munge.socket
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$scratch/slurm.conf"
slurmctld -D -f "$SLURM_CONF" >"$scratch/slurmctld.log" 2>&1 &
pids="$pids $!"
sleep 2
slurmd -D -f "$SLURM_CONF" -N "$node" >"$scratch/slurmd.log" 2>&1 &
pids="$pids $!"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  sinfo -h -o %t 2>/dev/null | grep -q idle && break
  sleep 2
done
sinfo || { tail -5 "$scratch"/*.log; exit 2; }

# the first task that begins part 3 dies in the middle of it
cat > "$scratch/bin/lulus" <<SH
#!/bin/sh
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 2 ] && mkdir "$scratch/died" 2>/dev/null; then
  "$(command -v node)" "$root/bin/lulus.js" "\$@" & sleep 1; kill -9 \$!; exit 137
fi
exec "$(command -v node)" "$root/bin/lulus.js" "\$@"
SH
chmod +x "$scratch/bin/lulus"
cd "$scratch/event"
export PATH="$scratch/bin:$PATH"
sbatch --wait "$root/docs/shards/slurm.sh" || echo "a task has failed, as it was made to; it is begun again alone"
[ -d "$scratch/died" ] || { echo "no task was killed"; exit 1; }
sbatch --wait --wrap "lulus render --shard 3/8 --workers 1 --quiet"
rm -f part-*.log slurm-*.out
diff -r "$scratch/event/certificates" "$scratch/single/certificates" || { echo "not the files of a single run"; exit 1; }
lulus render
echo "the files of eight tasks, one of them killed and repeated, are those of a single run"
