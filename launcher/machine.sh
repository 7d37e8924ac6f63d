# shellcheck shell=bash
# The doctor's look at the machine itself: rights, space, and what the launcher makes on it.

# Chromium starts with its sandbox where plain users may make namespaces, or with its old set-uid helper.
check_sandbox() {
  local as=() helper browser
  # As root: the user "nobody" by its number, because the account pagereel may not be there yet.
  ((EUID != 0)) || as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  if "${as[@]}" unshare --user --map-root-user --pid --fork true 2>/dev/null; then
    good 'Browser sandbox' 'user namespaces work'
    return
  fi
  browser=$(command -v "${PAGEREEL_BROWSER:-chromium}" || true)
  for helper in /usr/lib/chromium/chrome-sandbox "$(readlink -f "${browser:-/}" || true)"; do
    [[ $helper == */chrome-sandbox ]] || helper=${helper%/*}/chrome-sandbox
    if [[ -u $helper ]]; then
      good 'Browser sandbox' "set-uid helper $helper"
      return
    fi
  done
  bad 'Browser sandbox' "$(sandbox_remedy)"
}

sandbox_remedy() {
  if setting_is kernel/unprivileged_userns_clone 0; then
    printf 'sysctl -w kernel.unprivileged_userns_clone=1'
  elif setting_is kernel/apparmor_restrict_unprivileged_userns 1; then
    printf 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  elif setting_is user/max_user_namespaces 0; then
    printf 'sysctl -w user.max_user_namespaces=10000'
  else
    printf 'plain users may not make namespaces: allow it (Docker: by a seccomp profile), or install the set-uid helper (Debian: apt-get install chromium-sandbox)'
  fi
}

setting_is() { [[ -r /proc/sys/$1 && $(<"/proc/sys/$1") == "$2" ]]; }

check_account() {
  ((EUID == 0)) || return 0
  if id -u pagereel >/dev/null 2>&1; then
    good 'Account pagereel' "uid $(id -u pagereel)"
  else
    note 'Account pagereel' 'the next start makes it'
  fi
}

# WebRTC's packets pass no proxy: a firewall keeps them from where pages may not go.
check_firewall() {
  local where='docs/CONFIGURATION.md, "Pages and the network"'
  if ((EUID != 0)); then
    note 'Packets of pages' "not limited, as only root may: see $where"
  elif ! has_command nft; then
    note 'Packets of pages' 'not limited: apt-get install nftables'
  elif ! nft --check 'table inet pagereel-doctor { chain out { type filter hook output priority 0; meta skgid 1 fib daddr type local drop; }; }' 2>/dev/null; then
    note 'Packets of pages' "not limited: nft may not be used here (Docker: --cap-add NET_ADMIN); see $where"
  else
    good 'Packets of pages' 'a server limits them by nft'
  fi
}

# On a busy machine sound breaks where its threads wait; root may let them go before all others.
check_sound_first() {
  local where='docs/CONFIGURATION.md, "Sound on a busy machine"'
  if chrt --rr 1 true 2>/dev/null; then
    good 'Sound goes first' 'its threads do not wait on a busy machine'
  elif ((EUID != 0)); then
    note 'Sound goes first' "no, as only root may have it so: see $where"
  else
    note 'Sound goes first' "no: it may not be set here (Docker: --cap-add SYS_NICE); see $where"
  fi
}

check_display_folder() {
  local folder=/tmp/.X11-unix
  if [[ ! -e $folder ]]; then
    note "$folder" 'the next start makes it'
  elif [[ ! -d $folder || -L $folder ]]; then
    bad "$folder" "not a folder: rm $folder"
  elif [[ $(stat -c %a "$folder") != 1777 ]]; then
    bad "$folder" "chmod 1777 $folder"
  else
    good "$folder" 'mode 1777'
  fi
}

check_space() {
  local name=$1 folder=$2 wanted=$3 remedy=$4 size column=4 # free; of /dev/shm the whole
  [[ $folder != /dev/shm ]] || column=2
  size=$(df -Pm "$folder" 2>/dev/null | awk -v column=$column 'NR == 2 { print $column }')
  if ((${size:-0} >= wanted)); then
    good "$name" "$size MB"
  else
    bad "$name" "${size:-0} MB, $wanted are wanted: $remedy"
  fi
}

check_build() {
  if is_built; then
    good 'Build' "of $(date -r "$build/$mark" '+%F %T')"
  elif find_build; then
    note 'Build' 'sources changed: the next start builds them'
  else
    note 'Build' 'the next start builds it'
  fi
}
