# What a fresh machine lacks. Sourced by .ci/run, which sets $engine to an empty folder, and by the action host-packages for PACKAGES.

# What all tests but those of Docker need, by the names that Debian and Ubuntu share.
PACKAGES=(bubblewrap clang-tidy-19 cmake g++ libboost-dev libcapnp-dev libcurl4-openssl-dev make neovim nginx-light openssl pkg-config python3 python3-venv util-linux valgrind)
ENGINE=(docker.io docker-compose iptables mmdebstrap)
# What the site is tried in. Ubuntu has it as a snap alone; GitHub's runners have Chrome.
BROWSER=(chromium)

install_packages() {
  # What reads the coverage of Rust: of the LLVM that rustc writes it for.
  local llvm
  llvm=llvm-$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  install_missing "${PACKAGES[@]}" "${ENGINE[@]}" "${BROWSER[@]}" "$llvm"
}

install_missing() {
  local missing=()
  for package in "$@"; do
    dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

find_components() {
  cargo clippy --version && cargo fmt --version && go version
}

# The engine that answers already, or one of our own whose state is thrown away.
choose_engine() {
  docker info >/dev/null 2>&1 || export DOCKER_HOST=unix://$engine/docker.sock
}

start_engine() {
  docker info --format '{{.ServerVersion}}' 2>/dev/null && return 0
  local mtu
  mtu=$(cat "/sys/class/net/$(ip route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1)/mtu" 2>/dev/null)
  setsid dockerd --mtu "${mtu:-1500}" --data-root "$engine/data" --exec-root "$engine/exec" \
    -H "$DOCKER_HOST" --pidfile "$engine/pid" </dev/null >"$engine/log" 2>&1 &
  for _ in $(seq 150); do
    docker info --format '{{.ServerVersion}}' 2>/dev/null && return 0
    sleep 0.2
  done
  tail -n 30 "$engine/log"
  return 1
}

stop_engine() {
  [ -f "$engine/pid" ] || return 0
  local pid
  pid=$(cat "$engine/pid")
  docker ps --quiet | xargs --no-run-if-empty docker rm --force >/dev/null
  kill "$pid"
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  # A stopped engine leaves its network namespace mounted.
  umount "$engine/exec/netns/default" 2>/dev/null
  return 0
}
