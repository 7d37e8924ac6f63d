# shellcheck shell=bash
# From what is missing to the packages that bring it, and to words where no package does.

# Of the missing: apt's names in `packages`, and the rows of what apt does not have in `unoffered`.
split_missing() {
  local row kind package
  packages=() unoffered=()
  for row in "${missing[@]}"; do
    read -r kind _ package _ <<<"$row"
    package=$(name_here "$package")
    if [[ $kind == browser && -n ${PAGEREEL_BROWSER:-} ]] || ! apt_offers "$package"; then
      unoffered+=("$row")
    elif [[ " ${packages[*]} " != *" $package "* ]]; then
      packages+=("$package")
    fi
  done
}

# A fresh system has no lists of packages yet, and nothing can be said against any.
apt_offers() {
  ! has_lists || [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[!\(]* ]]
}

has_lists() { compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null; }

# Debian 13 and Ubuntu 24.04 renamed libraries for a time_t of 64 bits. Without lists, installed ones tell.
name_here() {
  if [[ $1 == libasound2 ]] &&
    { apt-cache show libasound2t64 >/dev/null 2>&1 || compgen -G '/var/lib/dpkg/info/*t64*.list' >/dev/null; }; then
    printf libasound2t64
  else
    printf '%s' "$1"
  fi
}

# One line to paste. Without lists it is not known whether apt has the JDK: it comes last and alone then.
install_command() {
  local steps=(update) sudo='' line
  local jdk_package=openjdk-25-jdk-headless install='install -y --no-install-recommends'
  if has_lists || [[ " ${packages[*]} " != *" $jdk_package "* ]]; then
    steps+=("$install ${packages[*]}")
  else
    local others=("${packages[@]/$jdk_package/}")
    ((${#packages[@]} == 1)) || steps+=("$install ${others[*]}")
    steps+=("$install $jdk_package")
  fi
  ((EUID == 0)) || ! has_command sudo || sudo='sudo '
  line=$(printf " && ${sudo}apt-get %s" "${steps[@]}" | tr -s ' ')
  line=${line# && }
  ((EUID == 0)) || [[ -n $sudo ]] || line="su - -c '$line'"
  printf '%s' "$line"
}

# For each row its name and what somebody does about it where apt cannot help.
remedies() {
  local row kind what name
  for row in "$@"; do
    read -r kind what _ name <<<"$row"
    case $kind in
      jdk) printf '  %s: unpack one with javac (for example Eclipse Temurin) below /usr/lib/jvm, or set JAVA_HOME to its folder.\n' "$name" ;;
      browser)
        if [[ -n ${PAGEREEL_BROWSER:-} ]]; then
          printf '  %s: PAGEREEL_BROWSER=%s is not an executable file; correct it or unset it.\n' "$name" "$PAGEREEL_BROWSER"
        else
          printf '  %s: install it or Google Chrome and set PAGEREEL_BROWSER to its executable file.\n' "$name"
        fi
        ;;
      command) printf '  %s: install it so that the command %s is found.\n' "$name" "$what" ;;
      font) printf '  %s: install one so that "fc-list %s" shows it.\n' "$name" "$what" ;;
      library) printf '  %s: install it so that "ldconfig -p" shows %s.\n' "$name" "$what" ;;
    esac
  done
}
