# How much of the disk a run needs. Sourced by .ci/run, which sets $counts to a folder.

free_megabytes() { df --output=avail --block-size=1M . | tail -n 1 | tr -d ' '; }
free_gigabytes() { echo "$(($(free_megabytes) / 1024))"; }

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
