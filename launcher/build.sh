# shellcheck shell=bash
# Each build is a folder of its own below .pagereel/builds, with all that runs. It is never changed: what
# runs from it goes on when the sources change and another one is made. Its mark is locked as long as
# something runs from it, and builds that nothing runs from are deleted.

builds=$state/builds
mark=.pagereel-build # its date is that of the sources
making=$builds/.making

# What Maven makes classes from; this file knows the layout of a build. Folders count too: theirs is the
# only date that changes when a file is deleted. Tests are not run here.
compiled=("$home"/{,*/}pom.xml "$home/.mvn" "$home"/*/src/main "$home/launcher/build.sh")
# What is taken as it lies.
copied=("$home/recorder/bin" "$home/record-page/pages")

ensure_built() {
  is_built || alone build
}

is_built() {
  find_build && ! changed "${compiled[@]}" "${copied[@]}"
}

# Leaves the newest build's folder in `build`.
find_build() {
  local name=''
  [[ ! -r $state/newest ]] || name=$(<"$state/newest")
  build=$builds/$name
  is_build "$build"
}

# Only what looks like this was made here, and may be deleted.
is_build() {
  [[ ${1##*/} =~ ^[0-9]{8}T[0-9]{6}Z(-[0-9]+)?$ && -d $1 && ! -L $1 && -f $1/$mark ]]
}

changed() {
  [[ -n $(find "$@" -newer "$build/$mark" -print -quit 2>/dev/null) ]]
}

# Leaves the newest build in `build`. Nobody deletes it until this process, which may become another
# program, has ended; `lock` has the file by which its children keep it, or nothing where there are no locks.
hold_build() {
  local held='' name=''
  until [[ $build == "$held" ]]; do # another start may have made one, and deleted ours, meanwhile
    find_build || unavailable "The build $build is gone; start again."
    held=$build lock=''
    if { exec 8<"$held/$mark"; } 2>/dev/null && flock --shared 8 2>/dev/null; then
      lock=$held/$mark
    fi
    find_build || held=''
  done
}

class_path() {
  local entries
  entries=$(<"$build/classpath")
  printf '%s' "$build/${entries//:/":$build/"}"
}

build() {
  ! is_built || return 0 # another start built it while this one waited
  local began=$SECONDS before=''
  say 'Building Pagereel (first start or changed sources) ...'
  touch "$state/building" # what is edited from now on is newer, and is built next time
  ! find_build || before=$build
  if [[ -z $before ]] || changed "${compiled[@]}"; then
    compile >"$state/build.log" 2>&1 </dev/null || build_failed
  fi
  assemble "$before" >>"$state/build.log" 2>&1 </dev/null || build_failed
  publish
  say "Built in $((SECONDS - began)) s."
}

compile() (
  cd "$home" || exit
  # Maven puts the file into the target folder of each module; server's is the one to run with.
  JAVA_HOME=$jdk mvn -B -ntp -q -pl server -am compile dependency:build-classpath \
    -DincludeScope=runtime -Dmdep.outputFile=target/classpath
)

# Puts a build together beside the others. Builds never change, so they may share files, by links.
assemble() {
  local before=$1
  clear_making && mkdir -p "$making" && touch -r "$state/building" "$making/$mark" || return
  mkdir -p "$making"/{recorder/target,record-page,server/target} || return
  if [[ -n $before ]] && build=$before && ! changed "${compiled[@]}"; then
    cp -Rl "$before"/{lib,classpath} "$making" &&
      cp -Rl "$before"/recorder/target/* "$making/recorder/target" &&
      cp -Rl "$before/server/target/classes" "$making/server/target" || return
  else
    copy_libraries &&
      copy_driver "$before" &&
      cp -R "$home/recorder/target/classes" "$making/recorder/target" &&
      cp -R "$home/server/target/classes" "$making/server/target" || return
  fi
  cp -R "$home/recorder/bin" "$making/recorder" && cp -R "$home/record-page/pages" "$making/record-page"
}

# A start that was killed may have left it.
clear_making() {
  if [[ -f $making/$mark && ! -L $making ]]; then
    rm -rf "$making"
  elif [[ -e $making || -L $making ]]; then
    rmdir "$making"
  fi
}

# Maven's jars, in its order. It never changes one, so a link will do, where there can be one.
copy_libraries() {
  local entries entry jars=() names=server/target/classes
  IFS=: read -ra entries <"$home/server/target/classpath" || [[ ${#entries[@]} -gt 0 ]] || return
  for entry in "${entries[@]}"; do
    case $entry in
      "$home/recorder/target/classes") names+=:recorder/target/classes ;;
      *.jar)
        names+=:lib/${entry##*/}
        jars+=("$entry")
        ;;
      *)
        echo "What to do with $entry?"
        return 1
        ;;
    esac
  done
  mkdir "$making/lib" && { cp -l "${jars[@]}" "$making/lib" || cp -f "${jars[@]}" "$making/lib"; } &&
    printf '%s\n' "$names" >"$making/classpath"
}

# 130 MB, most often the same ones.
copy_driver() {
  local driver=recorder/target/playwright
  if [[ -n $1 ]] && diff -rq "$1/$driver" "$home/$driver" >/dev/null; then
    cp -Rl "$1/$driver" "$making/recorder/target"
  else
    cp -R "$home/$driver" "$making/recorder/target"
  fi
}

# From now on it is the one to run. No clock says which is the newest: clocks are set.
publish() {
  local name number=1
  name=$(date -u +%Y%m%dT%H%M%SZ)
  while [[ -e $builds/$name ]]; do
    name=${name%-*}-$((++number))
  done
  mv -T "$making" "$builds/$name"
  printf '%s\n' "$name" >"$state/newest.new"
  mv -T "$state/newest.new" "$state/newest"
  rm -f "$state/building"
}

# Deletes older builds that nothing runs from.
sweep_builds() {
  local old
  for old in "$builds"/*; do
    [[ $old == "$build" || ! -w $old ]] || ! is_build "$old" || delete_unused "$old" || true
  done
}

# Its mark goes last: a sweep that is killed is gone on with. A start that waits for the lock looks again.
delete_unused() (
  flock --exclusive --nonblock 7 || exit 0
  find "$1" -mindepth 1 ! -name "$mark" -delete && rm "$1/$mark" && rmdir "$1"
) 7<"$1/$mark"

build_failed() {
  tail -n 40 "$state/build.log" >&2
  say "The build failed (above, and $state/build.log)."
  exit 1
}
