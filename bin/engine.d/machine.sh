# What this machine is: its distribution, its package sources, its certificate authority. Sourced by bin/engine.
# shellcheck shell=bash

distribution=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") || distribution=''
codename=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}") || codename=''
authorities=/etc/ssl/certs/ca-certificates.crt

can_install() { [ "$(id -u)" = 0 ] && { [ "$distribution" = debian ] || [ "$distribution" = ubuntu ]; } && command -v apt-get >/dev/null; }

# explain_cannot_install WHAT: ends with the person's next step where packages cannot be installed from here.
explain_cannot_install() {
  case "$distribution" in
    debian | ubuntu)
      fail "$1, and installing it takes root" "next: sudo bin/engine, or start the Docker you have and run this again" ;;
    *)
      fail "$1, and only Debian and Ubuntu are known here (this is ${distribution:-$(uname -s)})" \
        'next: install Docker with Compose (Docker Desktop or your distribution), start it, then run this again' ;;
  esac
}

# The archive the machine itself installs from, as "URI<TAB>components<TAB>key file" (key file may be empty).
debian_archive() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    awk -v RS= -v code="$codename" '
      { uri=suites=parts=key=""; n=split($0, line, "\n")
        for (i=1; i<=n; i++) { v=line[i]; sub(/^[^:]*:[ \t]*/, "", v)
          if (line[i] ~ /^URIs:/) uri=v; else if (line[i] ~ /^Suites:/) suites=" " v " "
          else if (line[i] ~ /^Components:/) parts=v; else if (line[i] ~ /^Signed-By:/) key=v
          else if (line[i] ~ /^Enabled:[ \t]*no/) next } }
      index(suites, " " code " ") { split(uri, u, " "); print u[1] "\t" parts "\t" key; exit }' "$file"
  done | grep . | head -n 1 && return
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | awk -v code="$codename" '
    $1=="deb" { key=""; i=2
      if ($2 ~ /^\[/) { while (i<=NF) { if (match($i, /signed-by=[^] ]*/)) key=substr($i, RSTART+10, RLENGTH-10); if ($i ~ /\]$/) break; i++ } i++ }
      if ($(i+1)==code) { parts=$(i+2); for (j=i+3; j<=NF; j++) parts=parts " " $j; print $i "\t" parts "\t" key; exit } }'
}

ensure_work() { [ -n "$work" ] || work=$(mktemp -d); }

# apt: quiet, never asks, keeps its words for when it fails; waits for another apt instead of failing.
apt() {
  local log=$work/apt.log
  DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 && return
  tail -n 5 "$log" >&2
  return 1
}

# have_package COMMAND PACKAGE...: installs the packages when the command is missing.
have_package() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  can_install || explain_cannot_install "'$command' is needed and not here"
  ensure_work
  say "installing $*"
  apt install --no-install-recommends "$@" || { apt update && apt install --no-install-recommends "$@"; } ||
    fail "could not install $*" 'next: see the lines above'
}
