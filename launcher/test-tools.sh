# shellcheck shell=bash
# Programs that only tests use. They are unpacked below .pagereel/tools and not installed: a package
# of a server would start it. What starts nothing and needs libraries is installed. A test whose program is missing is skipped and says so.

# Debian's package, and where its program is in it
test_tools=(
  'nginx usr/sbin/nginx'
  'postgresql-15 usr/lib/postgresql/15/bin/postgres'
  'libfaketime usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
)

ensure_test_tools() {
  local row package program
  for row in "${test_tools[@]}"; do
    read -r package program <<<"$row"
    has_command "${program##*/}" || [[ -e /$program || -e $state/tools/$program ]] || alone unpack "$package" "$program" ||
      say "No $package: tests that use it are skipped."
  done
  ensure_firewall_tool || say 'No nft: tests of the firewall are skipped.'
}

unpack() {
  [[ ${PAGEREEL_NO_INSTALL:-} != 1 ]] && has_command apt-get && has_command dpkg || return
  say "Unpacking $1 for tests ..."
  mkdir -p "$state/tools"
  cd "$state/tools" || return
  has_lists || ((EUID != 0)) || apt_get update || true
  { apt-get -q download "$1" && dpkg -x "$1"_*.deb . && rm "$1"_*.deb; } >>"$state/setup.log" 2>&1 </dev/null
  [[ -e $2 ]]
}

# kind, what to look for, Debian's package, name
test_prerequisites=(
  'command php                      php-cli                 PHP'
  'command xz                       xz-utils                xz, for the newest PostgreSQL'
  'library libpq.so.5               libpq5                  PostgreSQL client library'
)

ensure_test_prerequisites() {
  local prerequisites=("${test_prerequisites[@]}") # look_around and install_missing look at these
  local missing=()
  look_around
  ((${#missing[@]})) || return 0
  # alone runs in a shell of its own, which may end without ending this one.
  { has_command apt-get && may_install && alone install_missing; } ||
    say 'Not here, so that tests which use it are skipped:' "$(remedies "${missing[@]}")"
}
