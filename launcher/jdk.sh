# shellcheck shell=bash
# Which JDK: the first of JAVA_HOME, the folders where distributions put them, and that of javac on the
# PATH, that is new enough. A machine's default java is often older, so it does not count.

# Leaves the folder in `jdk`.
find_jdk() {
  local at_least=$1 folder
  jdk=
  for folder in "${JAVA_HOME:-}" /usr/lib/jvm/* "$(folder_of_javac)"; do
    if [[ -n $folder && -x $folder/bin/javac ]] && (($(java_version "$folder") >= at_least)); then
      jdk=$folder
      return
    fi
  done
  return 1
}

folder_of_javac() {
  local javac
  javac=$(command -v javac) && javac=$(readlink -f "$javac") && printf '%s' "${javac%/bin/javac}"
}

# The feature version, from the file `release`: asking javac takes a tenth of a second.
java_version() {
  local release=''
  [[ ! -r $1/release ]] || release=$(<"$1/release")
  [[ $release =~ JAVA_VERSION=\"([0-9]+) || $("$1/bin/javac" -version 2>&1) =~ javac\ ([0-9]+) ]] || true
  printf '%d' "${BASH_REMATCH[1]:-0}"
}
