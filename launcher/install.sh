# shellcheck shell=bash
# Installs what is missing by apt-get, or says what to do.

ensure_prerequisites() {
  look_around
  ((${#missing[@]})) || return 0
  has_command apt-get || unavailable 'Pagereel needs what this system lacks:' "$(remedies "${missing[@]}")"
  may_install || refuse
  alone install_missing
  look_around # for this process: the other one was a subshell
}

install_missing() {
  look_around
  ((${#missing[@]})) || return 0 # another start installed it while this one waited
  say "Asking apt-get for what is missing; log: $state/setup.log"
  : >"$state/setup.log"
  apt_get update || true # one broken source among many does no harm; a package it cost is missed below
  split_missing
  ((${#unoffered[@]} == 0)) || unavailable 'What apt-get cannot install here:' "$(remedies "${unoffered[@]}")"
  say "Installing ${packages[*]} ..."
  apt_get install -y --no-install-recommends "${packages[@]}" || install_failed
  look_around
  ((${#missing[@]} == 0)) || unavailable 'Installed, but still not found:' "$(remedies "${missing[@]}")"
  ((EUID != 0)) || has_command nft || apt_get install -y --no-install-recommends nftables || true
  say "Installed in $SECONDS s."
}

# By nft the server keeps what pages send past its proxy from this machine and its neighbours. Only root
# may use it, and all else works without.
ensure_firewall_tool() {
  ((EUID != 0)) || has_command nft || { may_install && has_command apt-get && alone apt_get install -y --no-install-recommends nftables; }
}

may_install() {
  [[ ${PAGEREEL_NO_INSTALL:-} != 1 ]] || return 1
  ((EUID == 0)) && return
  # sudo asks for its password on a terminal, or needs none.
  has_command sudo && { [[ -t 0 ]] || sudo -n apt-get --version >/dev/null 2>&1; }
}

# The lock's file (9) is not for the services that a package may start: they would hold it for ever.
apt_get() {
  local as=(env DEBIAN_FRONTEND=noninteractive)
  ((EUID == 0)) || as=(sudo)
  "${as[@]}" apt-get -q -o DPkg::Lock::Timeout=300 "$@" >>"$state/setup.log" 2>&1 </dev/null 9>&-
}

install_failed() {
  tail -n 20 "$state/setup.log" >&2
  unavailable "apt-get failed (above, and $state/setup.log). To try by hand:" "  $(install_command)"
}

refuse() {
  split_missing
  if ((${#packages[@]})); then
    say 'Pagereel needs packages that are missing here. Run this once, then start again:' "  $(install_command)"
  fi
  ((${#unoffered[@]} == 0)) || say 'What apt-get cannot install here:' "$(remedies "${unoffered[@]}")"
  exit 69
}
