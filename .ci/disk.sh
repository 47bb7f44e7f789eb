# How much of the disk a run needs. Sourced by .ci/run, which sets $counts to a folder.

free_megabytes() { df --output=avail --block-size=1M . | tail -n 1 | tr -d ' '; }
free_gigabytes() { echo "$(($(free_megabytes) / 1024))"; }

# What a toolchain built of the patterns themselves: gigabytes, and later steps take its third-party crates alone.
forget_patterns() {
  find target -mindepth 2 -maxdepth 2 -type d -regextype posix-extended \
    -regex 'target/[0-9a-f]{16}/.*' ! -name 'seed*' ! -name stubs -exec rm -rf {} +
}

# Looks now and then at what is free: a step's own scratch is gone when it ends.
watch_disk() {
  free_megabytes >"$counts/free"
  (
    while sleep 5; do free_megabytes >>"$counts/free"; done
  ) >/dev/null 2>&1 &
  disk_watch=$!
}

stop_disk_watch() { [ -z "${disk_watch:-}" ] || kill "$disk_watch" 2>/dev/null; }

tell_disk() {
  local first least
  first=$(head -n 1 "$counts/free")
  least=$(sort -n "$counts/free" | head -n 1)
  printf '\n== disk: at most %s MB in use, at least %s MB free\n' "$((first - least))" "$least"
}
