# shellcheck shell=bash
# What lets a recording started by root run its browser, screen and sound without root's rights.

# Chromium's sandbox does not work for root, and what a web page breaks out of should own nothing.
# So the recorder starts Chromium, Xvfb and PulseAudio under this account, by setpriv.
ensure_account() {
  ((EUID == 0)) || return 0
  id -u pagereel >/dev/null 2>&1 && return
  # Two first starts may both come here: the loser finds the account made.
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin pagereel 2>/dev/null ||
    id -u pagereel >/dev/null 2>&1 ||
    unavailable 'The account pagereel, under which browsers run, could not be made: useradd --system pagereel'
}

# Xvfb puts its socket into this folder, but only root's Xvfb makes the folder as it has to be
# (everybody may add, only the owner may remove), and ours runs without root's rights. A machine
# with systemd has it since boot; a container does not.
ensure_display_folder() {
  local folder=/tmp/.X11-unix
  [[ -e $folder ]] || mkdir -m 1777 "$folder" 2>/dev/null || true
  # Not through a symlink: somebody else may have put it there to have root change what it points to.
  if ((EUID == 0)) && [[ -d $folder && ! -L $folder && $(stat -c %a "$folder") != 1777 ]]; then
    chmod 1777 "$folder"
  fi
}
