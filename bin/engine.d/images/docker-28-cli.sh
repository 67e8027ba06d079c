# docker:28-cli: this machine's own client and plugins at the official paths (the Dockerfile copies them from there).
plugin() { docker info --format '{{range .ClientInfo.Plugins}}{{.Name}} {{.Path}}{{"\n"}}{{end}}' | awk -v name="$1" '$1==name {print $2; exit}'; }

mkdir -p bin plugins
# A packaged client links to this machine's C library at the most; an unknown one earlier on PATH may be anything.
client=/usr/bin/docker
[ -x "$client" ] || client=$(command -v docker)
cp -L "$client" bin/docker
for name in compose buildx; do
  path=$(plugin "$name")
  [ -n "$path" ] || fail "docker has no '$name' plugin to copy" "next: install docker-$name"
  cp -L "$path" "plugins/docker-$name"
done
cat >Dockerfile <<'RECIPE'
FROM debian:trixie-slim
COPY bin /usr/local/bin
COPY plugins /usr/local/libexec/docker/cli-plugins
CMD ["sh"]
RECIPE
build_stand_in docker:28-cli
