# The official base images, or stand-ins under their names where no registry answers. Sourced by bin/engine.
# One recipe a file in images/: it is given an empty folder and leaves the image under its name in the Engine.
# shellcheck shell=bash

# What the product's Dockerfiles and docker-compose.yml name, in the order in which stand-ins build on each other.
base_images=(debian:trixie-slim node:24-trixie-slim docker:28-cli postgres:17-trixie busybox:musl)
# What only the tests name.
fixture_images=(busybox:latest)

here_already() { docker image inspect "$1" >/dev/null 2>&1; }

registry=unknown
# registry_has NAME: asks the registry about the image, and keeps in mind when there is none to ask.
registry_has() {
  [ "$registry" != absent ] || return 1
  local answer
  if answer=$(timeout 20 docker manifest inspect "$1" 2>&1); then registry=present; return 0; fi
  case "$answer" in
    *'manifest unknown'* | *'no such manifest'* | *toomanyrequests* | *unauthorized* | *denied*) say "the registry does not give $1: ${answer##*$'\n'}" ;;
    *) registry=absent; say 'no image registry answers from here: making stand-ins under the official names' ;;
  esac
  return 1
}

have_images() {
  local name
  for name in "${base_images[@]}" "${fixture_images[@]}"; do
    here_already "$name" || registry_has "$name" || stand_in "$name"
  done
}

have_fixtures() {
  local name
  for name in "${fixture_images[@]}"; do
    here_already "$name" || { say "pulling $name"; docker pull -q "$name" >/dev/null; }
  done
}

stand_in() {
  local name=$1 recipe started=$SECONDS
  recipe=$here/images/${name//:/-}.sh
  [ "$(uname -s)" = Linux ] || fail "$1 cannot be pulled, and a stand-in can only be made on Linux" \
    'next: check the network of the Engine (docker pull '"$1"')'
  ensure_work
  mkdir -p "$work/$name"
  # Its own process: set -e holds inside, and a recipe cannot leave the caller in another folder.
  (cd "$work/$name" && . "$recipe") >"$work/stand-in.log" 2>&1 </dev/null || {
    tail -n 15 "$work/stand-in.log" >&2
    fail "the stand-in for $name could not be made" "next: the lines above say why; the recipe is bin/engine.d/images/$(basename "$recipe")"
  }
  rm -rf "${work:?}/$name"
  say "made a stand-in for $name in $((SECONDS - started)) s ($(docker image inspect -f '{{.Size}}' "$name" | awk '{printf "%.0f MB", $1/1e6}'))"
}

# build_stand_in NAME: builds the current folder. The label tells a stand-in from the real thing.
build_stand_in() { docker build --quiet --label composure.stand-in=true --tag "$1" .; }
