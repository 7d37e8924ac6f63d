# shellcheck shell=bash
# The launcher talks on standard error: standard output belongs to the command that it starts.

say() { printf '%s\n' "$@" >&2; }

# Ends the launcher with EX_UNAVAILABLE of sysexits.h: the machine lacks something.
unavailable() {
  say "$@"
  exit 69
}

# Runs a function while no other launcher of this folder runs one.
alone() {
  if ! { mkdir -p "$state" && : >>"$state/lock"; } 2>/dev/null; then
    say "$(id -un) may not write to $state: start ./pagereel once as the owner of $home."
    exit 73 # EX_CANTCREAT
  fi
  (
    flock --nonblock 9 || {
      say 'Waiting for another start of Pagereel ...'
      flock 9
    }
    "$@"
  ) 9>>"$state/lock"
}
