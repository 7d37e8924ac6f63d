# shellcheck shell=bash
# Builds when sources are newer than the last build. Classes are run from their folders: a jar would be
# rewritten under the recordings that read from it.

ensure_built() {
  is_built || alone build
}

is_built() {
  local main_classes=$home/server/target/classes entries entry
  [[ -e $state/built && -s $state/classpath ]] || return 1
  IFS=: read -ra entries <"$state/classpath"
  [[ ${entries[0]} == "$main_classes" ]] || return 1 # this folder was copied or moved
  for entry in "${entries[@]}"; do
    [[ -e $entry ]] || return 1 # cleaned
  done
  # Folders count too: theirs is the only date that changes when a file is deleted.
  # record-page/pages are served as they lie, and tests are not run here.
  [[ -z $(find "$home"/{,*/}pom.xml "$home/.mvn" "$home"/*/src/main -newer "$state/built" -print -quit 2>/dev/null) ]]
}

build() {
  ! is_built || return 0 # another start built it while this one waited
  local began=$SECONDS
  say 'Building Pagereel (first start or changed sources) ...'
  touch "$state/building" # what is edited from now on is newer, and is built next time
  (
    cd "$home"
    # Maven puts the file into the target folder of each module; server's is the one to run with.
    JAVA_HOME=$jdk mvn -B -ntp -q -pl server -am compile dependency:build-classpath \
      -DincludeScope=runtime -Dmdep.outputFile=target/classpath
  ) >"$state/build.log" 2>&1 </dev/null || build_failed
  printf '%s\n' "$home/server/target/classes:$(<"$home/server/target/classpath")" >"$state/classpath"
  mv "$state/building" "$state/built"
  say "Built in $((SECONDS - began)) s."
}

build_failed() {
  tail -n 40 "$state/build.log" >&2
  say "The build failed (above, and $state/build.log)."
  exit 1
}
