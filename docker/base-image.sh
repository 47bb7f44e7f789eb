#!/bin/sh
# Makes the base image of docker/Dockerfile on a machine that can pull none, from the Debian mirror
# that the machine's own apt uses.
#
#   docker/base-image.sh [--mirror URL] [--force]
#
# Does nothing when the image is there already, unless --force is given.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
image=$(sed -n 's/^FROM //p' "$here/Dockerfile")
suite=${image#debian:}
suite=${suite%-slim}
mirror=
force=no

fail() {
  printf 'base-image: %s\n' "$1" >&2
  printf '  %s\n' "$2" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --mirror) mirror=${2:?--mirror takes a URL} && shift 2 ;;
    --force) force=yes && shift ;;
    *) fail "unknown argument $1" 'usage: docker/base-image.sh [--mirror URL] [--force]' ;;
  esac
done

# The URI that apt reads this Debian's main archive from; a mirror list is replaced by its first entry.
machines_mirror() {
  # shellcheck disable=SC2016 # $(...) here are fields of apt-get's own format
  uri=$(apt-get indextargets --format '$(CREATED_BY) $(LABEL) $(REPO_URI)' 2>/dev/null |
    sed -n 's/^Packages Debian //p' | head -n 1)
  case $uri in
    mirror+file:*) sed -n 's/^\([a-z]*:[^[:space:]]*\).*/\1/p' "${uri#mirror+file:}" | head -n 1 ;;
    *) printf '%s\n' "$uri" ;;
  esac
}

command -v docker >/dev/null || fail 'the docker client was not found' 'install it: apt-get install docker.io'
docker version --format '{{.Server.Version}}' >/dev/null || fail 'the Docker engine does not answer' 'start dockerd'

if [ "$force" = no ] && docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image is there already"
  exit 0
fi

[ "$(id -u)" = 0 ] || fail "making $image needs root" "run it once as root: sudo docker/base-image.sh"
command -v mmdebstrap >/dev/null || fail 'mmdebstrap was not found' 'install it: apt-get install mmdebstrap'
: "${mirror:=$(machines_mirror)}"
[ -n "$mirror" ] || fail "apt's sources name no Debian mirror" 'name one: docker/base-image.sh --mirror URL'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "making $image from $mirror"
# A file between the two, because a pipe would import what a failed mmdebstrap left behind.
mmdebstrap --quiet --variant=minbase --mode=root --dpkgopt=force-unsafe-io \
  "$suite" "$folder/base.tar" "$mirror" ||
  fail "mmdebstrap could not make Debian $suite from $mirror" 'see its messages above; another mirror: --mirror URL'
docker import --change 'CMD ["bash"]' "$folder/base.tar" "$image" >/dev/null
echo "made $image"
