#!/bin/sh
# Certificates rendered in parts by a Slurm array, the event's folder on a file system that all nodes see.
# In the event's folder, first `lulus issue --no-render`, then `sbatch --wait slurm.sh`, then `lulus render`.
# docs/shards.md tells the rest.
#SBATCH --job-name=certificates
#SBATCH --array=0-7
#SBATCH --cpus-per-task=1
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --output=part-%a.log
set -eu
exec lulus render --shard auto --workers 1 --quiet
