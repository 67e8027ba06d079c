# Finding, installing and starting an Engine. Sourced by bin/engine.
# shellcheck shell=bash

engine_answers() { command -v docker >/dev/null && timeout 20 docker info >/dev/null 2>&1; }
compose_answers() { timeout 20 docker compose version --short 2>/dev/null | grep -qE '^v?([2-9]|[1-9][0-9])\.'; }

# Debian's newest suite with an Engine in it comes first; each is pinned to -1, so that nothing else is ever taken from it.
debian_suites=(forky trixie bookworm)

install_engine() {
  if [ -n "${DOCKER_HOST:-}" ]; then
    fail "no Docker Engine answers at DOCKER_HOST=$DOCKER_HOST" 'next: start that Engine, or unset DOCKER_HOST to use a local one'
  fi
  local context
  context=$(docker context show 2>/dev/null || echo default)
  if [ "$context" != default ]; then
    fail "no Docker Engine answers in the context '$context'" 'next: start it (Docker Desktop?), or: docker context use default'
  fi
  if [ -S /var/run/docker.sock ] && docker info 2>&1 | grep -qi 'permission denied'; then
    fail 'a Docker Engine runs here, but this user may not talk to it' 'next: sudo usermod -aG docker "$USER", sign in again; or run this with sudo'
  fi
  if command -v dockerd >/dev/null; then return; fi
  can_install || explain_cannot_install 'no Docker Engine answers'
  install_packages docker.io docker-compose docker-buildx
}

install_compose() {
  can_install || explain_cannot_install 'Docker works, but its Compose plugin (docker compose) is missing'
  install_packages docker-compose docker-buildx
  compose_answers || fail 'the Compose plugin was installed, but docker does not find it' 'next: docker compose version'
}

# install_packages PACKAGE...: from the newest suite that this machine can take them from.
install_packages() {
  ensure_work
  say "installing $* from ${distribution^} packages"
  if [ "$distribution" = ubuntu ]; then
    apt update
    apt install "${@/#docker-compose/docker-compose-v2}" || fail 'the packages could not be installed' 'next: see the lines above'
    return
  fi
  local suite
  for suite in "${debian_suites[@]}"; do
    if add_suite "$suite" && install_from "$suite" "$@"; then
      say "installed from $suite"
      return
    fi
    say "not from $suite"
    remove_suite "$suite"
  done
  fail 'no Debian suite could give the packages' 'next: see the lines above; is the package mirror reachable? (apt-get update)'
}

add_suite() {
  local suite=$1 uri parts key
  if [ "$suite" = "$codename" ]; then apt update; return; fi
  IFS=$'\t' read -r uri parts key < <(debian_archive) || true
  [ -n "$uri" ] || { say 'found no Debian archive in this machine'"'"'s apt sources'; return 1; }
  {
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$uri" "$suite"
    [ -z "$key" ] || printf 'Signed-By: %s\n' "$key"
  } >"/etc/apt/sources.list.d/composure-$suite.sources"
  printf 'Package: *\nPin: release n=%s\nPin-Priority: -1\n' "$suite" >"/etc/apt/preferences.d/composure-$suite"
  apt update
}

remove_suite() { rm -f "/etc/apt/sources.list.d/composure-$1.sources" "/etc/apt/preferences.d/composure-$1"; }

install_from() {
  local suite=$1 wanted=() name
  shift
  for name in "$@"; do
    # Companions come from the same suite by name: the pin keeps apt from choosing them by itself.
    if [ "$name" = docker.io ]; then wanted+=("docker.io/$suite" "containerd/$suite" "tini-static/$suite"); else wanted+=("$name/$suite"); fi
  done
  # Older suites have the client inside docker.io and no plugin of version 2.
  case "$suite" in bookworm) [[ " $* " == *" docker.io "* ]] || return 1; wanted=("docker.io/$suite") ;; *) wanted+=("docker-cli/$suite") ;; esac
  [[ " $* " != *" docker.io "* ]] || wanted+=(runc iptables)
  apt install --no-install-recommends "${wanted[@]}"
}

start_engine() {
  [ "$(id -u)" = 0 ] || explain_cannot_install 'a Docker Engine is installed and does not run'
  local log=/var/log/composure-dockerd.log pid
  if [ -d /run/systemd/system ]; then
    say 'starting the docker service'
    systemctl start docker || fail 'the docker service does not start' 'next: journalctl -u docker -n 50'
    pid=$(systemctl show -p MainPID --value docker)
  elif pid=$(cat /var/run/docker.pid 2>/dev/null) && kill -0 "$pid" 2>/dev/null; then
    say 'waiting for the Engine that is starting'
  else
    say "starting dockerd (its log: $log)"
    # Descriptor 9 is our lock: a daemon that inherited it would hold it for ever.
    setsid dockerd >"$log" 2>&1 </dev/null 9>&- &
    pid=$!
  fi
  local patience=$((SECONDS + 180))
  until engine_answers; do
    [ "$SECONDS" -lt "$patience" ] || fail 'dockerd runs and does not answer' "next: read $log"
    kill -0 "$pid" 2>/dev/null || { tail -n 15 "$log" >&2 2>/dev/null; fail 'dockerd ended before it answered' "next: the lines above are the end of $log"; }
    sleep 0.2
  done
  say "started Docker Engine $(docker version --format '{{.Server.Version}}')"
}
