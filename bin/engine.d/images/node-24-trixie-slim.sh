# node:24-trixie-slim: Node's own binary and npm, both as the npm registry carries them.
command -v npm >/dev/null || fail 'npm is needed to fetch Node for the stand-in' 'next: install Node 20 or newer'
case "$(uname -m)" in x86_64) arch=x64 ;; aarch64 | arm64) arch=arm64 ;; *) fail "no Node binary is known for $(uname -m)" ;; esac

mkdir -p node npm
tar -xzf "$(npm pack --silent "node-linux-$arch@24")" -C node --strip-components=1
tar -xzf "$(npm pack --silent npm@11)" -C npm --strip-components=1
rm ./*.tgz
registry_url=$(npm config get registry)
{
  [ ! -e "$authorities" ] || echo "cafile=/etc/ssl/certs/ca-certificates.crt"
  case "$registry_url" in *@* | undefined) ;; *) echo "registry=$registry_url" ;; esac
} >npmrc
cat >docker-entrypoint.sh <<'SCRIPT'
#!/bin/sh
set -e
# Options and words that are no command are for node.
if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then
  set -- node "$@"
fi
exec "$@"
SCRIPT
chmod 755 docker-entrypoint.sh node/bin/node
cat >Dockerfile <<RECIPE
FROM debian:trixie-slim
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
RUN apt-get update && apt-get install -y --no-install-recommends libstdc++6 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY docker-entrypoint.sh node/bin/node /usr/local/bin/
COPY npm /usr/local/lib/node_modules/npm
COPY npmrc /usr/local/etc/npmrc
RUN ln -s node /usr/local/bin/nodejs && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx && npm --version
ENV NODE_VERSION=$(./node/bin/node -p process.versions.node)
$([ ! -e "$authorities" ] || echo 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt')
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
RECIPE
build_stand_in node:24-trixie-slim
