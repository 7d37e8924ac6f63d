# shellcheck shell=bash
# What Pagereel needs, and whether it is there: seen by the thing itself and not by the package
# database, so that it may come from anywhere. All of it is looked at in each start (about 20 ms).

# kind, what to look for, Debian's package, name
prerequisites=(
  'jdk     25                       openjdk-25-jdk-headless JDK 25 or newer'
  'command mvn                      maven                   Maven'
  'browser chromium                 chromium                Chromium'
  'command Xvfb                     xvfb                    Xvfb'
  'command xrandr                   x11-xserver-utils       xrandr'
  'command pulseaudio               pulseaudio              PulseAudio'
  'command setpriv                  util-linux              setpriv'
  'command setsid                   util-linux              setsid'
  'command fc-list                  fontconfig              fc-list'
  'font    :postscriptname=LiberationSans fonts-liberation     Latin font'
  'font    :lang=zh                 fonts-noto-cjk          CJK font'
  'font    :lang=und-zsye:color=true fonts-noto-color-emoji  colour emoji font'
  'library libxcb.so.1              libxcb1                 libxcb'
  'library libxcb-shm.so.0          libxcb-shm0             libxcb-shm'
  'library libxcb-damage.so.0       libxcb-damage0          libxcb-damage'
  'library libasound.so.2           libasound2              libasound'
  'library libpulse.so.0            libpulse0               libpulse'
  'library libdrm.so.2              libdrm2                 libdrm'
  'library libudev.so.1             libudev1                libudev'
  'library libstdc++.so.6           libstdc++6              libstdc++'
)

# Leaves the rows of what is not there in `missing`, and the JDK's folder in `jdk`.
look_around() {
  local row kind what
  libraries=$(ldconfig -p 2>/dev/null || true)
  missing=()
  for row in "${prerequisites[@]}"; do
    read -r kind what _ <<<"$row"
    "has_$kind" "$what" || missing+=("$row")
  done
}

has_command() { command -v "$1" >/dev/null; }
has_browser() { command -v "${PAGEREEL_BROWSER:-$1}" >/dev/null; }
has_font() { [[ -n $(fc-list "$1" family 2>/dev/null) ]]; }
has_library() { [[ $libraries == *[[:space:]]"$1 ("* ]]; }
has_jdk() { find_jdk "$1"; }
