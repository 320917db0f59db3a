#!/usr/bin/env bash
# Uses the archive of `make dist` in a bare Debian 12, which debootstrap makes in FOLDER and which stays
# there for the next check: check-dist.sh ARCHIVE FOLDER. Needs root and a network; ELISE_DEBIAN_MIRROR names
# another mirror than that of debootstrap.
set -euo pipefail
archive=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$folder/root

fail() {
  echo "check-dist: $1" >&2
  exit 1
}
inside() {
  chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
    DEBIAN_FRONTEND=noninteractive "$@"
}

[[ $(id -u) == 0 ]] || fail "got the user $(id -un); expected root, for chroot"
command -v debootstrap >/dev/null || apt-get install -y -q --no-install-recommends debootstrap
mkdir -p "$folder"
(cd "$(dirname "$archive")" && sha256sum --check "$(basename "$archive").sha256")

if [[ ! -f $folder/base.tar ]]; then
  rm -rf "$folder/base"
  debootstrap --variant=minbase bookworm "$folder/base" ${ELISE_DEBIAN_MIRROR:+"$ELISE_DEBIAN_MIRROR"}
  tar -C "$folder/base" -cf "$folder/base.tar.new" .
  mv "$folder/base.tar.new" "$folder/base.tar"
  rm -rf "$folder/base"
fi
mountpoint -q "$root/proc" && umount "$root/proc"
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xpf "$folder/base.tar"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT

echo "== The steps of the container recipes"
mkdir -p "$root/tmp/elise-sweep"
cp "$here/container/packages.txt" "$here/container/setup.sh" "$root/tmp/elise-sweep/"
cp "$archive" "$root/tmp/elise-sweep/archive.tar.gz"
inside /tmp/elise-sweep/setup.sh /tmp/elise-sweep/archive.tar.gz

echo "== One command, a table"
sweep=/usr/local/share/elise-sweep/sweeps/quickstart.yaml
short="--set training_cycles=20 --set replay_cycles=14"
inside elise-sweep run "$sweep" $short --out /tmp/one | tee "$folder/table"
grep -q '^| *latent |' "$folder/table" || fail "the run printed no table"
[[ -f $root/tmp/one/figures/score-latent.png ]] || fail "the run drew no figure"
inside OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
  mpirun --oversubscribe -n 2 elise-sweep run "$sweep" $short --out /tmp/two --quiet
cmp "$root/tmp/one/trials.csv" "$root/tmp/two/trials.csv" || fail "two ranks make another table"

echo "== Manual page and completion"
inside sh -c 'apt-get install -y -q --no-install-recommends man-db bash-completion >/dev/null'
inside sh -c 'man elise-sweep 2>/dev/null' | grep -q 'elise-sweep init' || fail "man shows no page"
inside bash -c 'source /usr/share/bash-completion/bash_completion
  _completion_loader elise-sweep || true
  COMP_WORDS=(elise-sweep ru) COMP_CWORD=1
  _elise_sweep && [[ ${COMPREPLY[*]} == run ]]' || fail "bash completes no command"

echo "== Installed below another folder"
inside sh -c 'mkdir -p /opt/elise && tar -xzf /tmp/elise-sweep/archive.tar.gz -C /opt/elise --strip-components=1'
inside sh -c 'rm /usr/local/bin/elise-sweep && PATH=/opt/elise/bin:$PATH && cd /tmp &&
  elise-sweep 2>&1 | grep -q "run /opt/elise/share/elise-sweep/sweeps/quickstart.yaml" &&
  elise-sweep train --help | grep -q "pattern=/opt/elise/share/elise-sweep/sweeps/patterns/fuer_elise.txt" &&
  test "$(man -w elise-sweep)" = /opt/elise/share/man/man1/elise-sweep.1' \
  || fail "the program below /opt/elise does not find its files"
echo "check-dist: ok"
