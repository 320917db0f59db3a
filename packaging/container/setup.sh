#!/bin/sh
# Installs the archive of `make dist` into a bare Debian 12: setup.sh ARCHIVE. The container recipes and
# `make check-dist` run this script.
set -eu
here=$(dirname "$0")
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
xargs apt-get install -y -q --no-install-recommends < "$here/packages.txt"
tar -xzf "$1" -C /usr/local --strip-components=1 --no-same-owner
elise-sweep --version
