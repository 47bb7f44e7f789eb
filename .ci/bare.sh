# A machine with Node, npm, Rust, a C++ compiler, make and CMake, and nothing else that this project can use: a Debian
# of its own, entered as a user that is not root. Sourced by .ci/run, which sets $bare to an empty folder.

BARE_PACKAGES=ca-certificates,cmake,g++,git,make

# A clone of this checkout, and a root file system made from the machine's own apt sources.
make_bare_machine() {
  local root=$bare/root release
  git clone --quiet . "$bare/checkout" || return 1
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mmdebstrap --quiet --variant=minbase --mode=root --dpkgopt=force-unsafe-io --include="$BARE_PACKAGES" \
    "$release" "$root" || return 1
  mkdir -p "$root/opt/user/.cargo" "$root/checkout" "$root/opt/node/lib" "$root/opt/rustup"
  # Node and npm as this machine has them; node is one file, and npm lies wherever its command leads.
  mkdir -p "$root/opt/node/bin" &&
    cp "$(readlink -f "$(command -v node)")" "$root/opt/node/bin/node" &&
    cp -r "$(npm root --global)/npm" "$root/opt/node/lib/npm" &&
    ln -s ../lib/npm/bin/npm-cli.js "$root/opt/node/bin/npm" &&
    ln -s ../lib/npm/bin/npx-cli.js "$root/opt/node/bin/npx"
}

# Runs a command in the clone; what stands before `--` goes to bwrap.
on_bare_machine() {
  local options=() rust name
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  # How this machine reaches its registries.
  for name in NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [ -z "${!name:-}" ] || options+=(--setenv "$name" "${!name}")
  done
  rust=$(rustc --print sysroot)
  bwrap --die-with-parent --unshare-all --share-net --uid 1000 --gid 1000 --clearenv \
    --bind "$bare/root" / --proc /proc --dev /dev --tmpfs /tmp --bind "$bare/checkout" /checkout --chdir /checkout \
    --ro-bind "$rust" /opt/rustup --ro-bind /etc/resolv.conf /etc/resolv.conf --ro-bind /etc/hosts /etc/hosts \
    --ro-bind /etc/ssl/certs /etc/ssl/certs \
    --setenv PATH /opt/rustup/bin:/opt/node/bin:/usr/bin:/bin --setenv HOME /opt/user --setenv USER user \
    --setenv CARGO_HOME /opt/user/.cargo --setenv NO_COLOR 1 --setenv CI true \
    "${options[@]}" -- "$@"
}

# Without apt-get, and without what it gave before: the chapters that need a library cannot be verified, all others are,
# and the run says so and passes; where all are required it fails.
verify_without_apt() {
  local hidden=(--ro-bind /dev/null /usr/bin/apt-get) said all=() lacking slug
  all=("$bare"/checkout/patterns/*/package.json)
  mapfile -t lacking < <(grep -lE '"needs": .*"(boost|kj|libcurl)"' "${all[@]}" | xargs -n 1 dirname | xargs -n 1 basename)
  rm -rf "$bare/checkout/target/libraries"
  said=$(on_bare_machine "${hidden[@]}" -- npm run verify 2>&1) || { echo "$said" && return 1; }
  echo "$said"
  grep -q "NOT VERIFIED HERE: ${#lacking[@]} chapters, $((${#all[@]} - ${#lacking[@]})) of ${#all[@]} chapters" \
    <<<"$said" || return 1
  for slug in "${lacking[@]}"; do
    grep -q "^patterns/$slug/README.md:1:1 not-verified: " <<<"$said" || return 1
  done
  ! on_bare_machine "${hidden[@]}" -- npm run verify -- --require-all
}
