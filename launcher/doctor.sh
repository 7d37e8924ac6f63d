# shellcheck shell=bash
# The table of ./pagereel doctor: what is there, in which version, and what to do about the rest.
# It installs nothing and needs nothing of what it looks for.

doctor() {
  local row kind what name problems=0
  look_around
  for row in "${prerequisites[@]}"; do
    read -r kind what _ name <<<"$row"
    if [[ " ${missing[*]} " == *" $row "* ]]; then
      bad "$name" "$(remedy_for "$row")"
    else
      good "$name" "$("version_of_$kind" "$what")"
    fi
  done
  check_sandbox
  check_account
  check_display_folder
  check_firewall
  check_sound_first
  check_space 'Free disk space' "$home" 2048 'free some, or keep recordings elsewhere'
  check_space '/dev/shm' /dev/shm 512 'mount -o remount,size=1g /dev/shm (Docker: run with --shm-size=1g)'
  check_build
  conclude
}

good() { line '32' '✓' "$@"; }
note() { line '33' '·' "$@"; }
bad() {
  line '31' '✗' "$@"
  problems=$((problems + 1))
}

line() {
  local mark=$2
  [[ ! -t 1 || -n ${NO_COLOR:-} ]] || mark=$'\e['$1m$2$'\e[0m'
  printf '%s %-18s %s\n' "$mark" "$3" "$4"
}

conclude() {
  printf '\n'
  if ((problems == 0)); then
    echo 'All fine.'
    return
  fi
  split_missing
  if has_command apt-get && ((${#packages[@]} > 1)); then
    printf 'All missing packages at once:\n  %s\n' "$(install_command)"
  fi
  printf '%d to mend.\n' "$problems"
  return 1
}

# The command that installs one row's package or, where apt cannot, words.
remedy_for() {
  local missing=("$1") packages=() unoffered=() words
  ! has_command apt-get || split_missing
  if ((${#packages[@]})); then
    install_command
  else
    words=$(remedies "$1")
    printf '%s' "${words#*: }"
  fi
}

version_of_jdk() { printf '%s (%s)' "$("$jdk/bin/javac" -version 2>&1 | version)" "$jdk"; }
version_of_browser() {
  local browser=${PAGEREEL_BROWSER:-$1}
  printf '%s (%s)' "$("$browser" --version 2>/dev/null | version)" "$(command -v "$browser")"
}
version_of_font() { fc-list "$1" family | sed -n 1p; }
version_of_library() { readlink -f "$(sed -n "s|^[[:space:]]*$1 (.* => ||p" <<<"$libraries" | sed -n 1p)"; }
version_of_command() {
  case $1 in
    # Not in this folder, whose .mvn asks for a newer Java than there may be.
    mvn) (cd / && JAVA_HOME=$jdk mvn --version 2>&1) | version ;;
    Xvfb) { dpkg-query -W -f '${Version}' xvfb 2>/dev/null || command -v Xvfb; } ;; # has no option for it
    *) "$1" --version 2>&1 | version ;;
  esac
}

# The first line with a number like 1.2, without colours.
version() { sed -n -E $'s/\e\\[[0-9;]*m//g; /[0-9]\\.[0-9]/ { p; q }'; }
