# A Chromium and a Chinese font from the system's packages, for the browser walks.

# Prints the browser to use: GONGDAN_CHROMIUM, else the first that truly runs.
find_browser() {
  local name path
  for name in "${GONGDAN_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && path="$(type -P "$name" 2>/dev/null)" || continue
    if "$path" --version >/dev/null 2>&1; then
      printf '%s\n' "$path"
      return
    fi
  done
  return 1
}

has_chinese_font() { ! command -v fc-list >/dev/null 2>&1 || fc-list :lang=zh family 2>/dev/null | grep -q .; }

ensure_browser() {
  local wanted="" as_root=""
  find_browser >/dev/null || wanted="chromium"
  has_chinese_font || wanted="$wanted fonts-noto-cjk"
  if [ -z "$wanted" ]; then
    echo "$(find_browser)"
    return
  fi
  if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root="none"
  fi
  if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser walks need these packages, please install them: $wanted (or name a Chromium in GONGDAN_CHROMIUM)."
    find_browser >/dev/null && return
    return 1
  fi
  echo "installing $wanted"
  # shellcheck disable=SC2086  the words are meant to be split
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y \
    --no-install-recommends $wanted; } >/dev/null 2>&1 ||
    { echo "The packages could not be installed, please do it by hand: $wanted."; return 1; }
}
