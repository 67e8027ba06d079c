# The dashboard: Node, the built application and Compose on an otherwise empty file system.

FROM node:24-trixie-slim AS packages
WORKDIR /build
COPY package.json package-lock.json ./
# Scripts stay off: what they would fetch (another Node) is here already. The secret is for networks that sign TLS themselves.
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca \
    if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca npm_config_cafile=/run/secrets/ca; fi; \
    npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY . .
RUN node bin/build.mjs

# Everything the last image consists of, collected in /image: no package manager, no compiler, no unused library.
FROM node:24-trixie-slim AS parts
COPY --from=docker:28-cli /usr/local/libexec/docker/cli-plugins/docker-compose /image/usr/local/bin/docker-compose
COPY --from=docker:28-cli /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt
COPY --from=busybox:musl /bin/busybox /image/bin/busybox
COPY bin/docker-compose-only /image/usr/local/bin/docker
RUN cd /image && mkdir -p app data etc proc sys dev root run usr/bin usr/lib usr/local/libexec/docker/cli-plugins && mkdir -m 1777 tmp && chown 1000:1000 data \
 && cp /usr/local/bin/node usr/local/bin/node \
 && ln -s ../../../bin/docker-compose usr/local/libexec/docker/cli-plugins/docker-compose \
 && for name in $(bin/busybox --list); do [ -e "bin/$name" ] || ln -s busybox "bin/$name"; done \
 && for file in usr/local/bin/node usr/local/bin/docker-compose; do ldd "$file" 2>/dev/null | grep -o '/[^ ]*' || true; done | sort -u \
  | while read -r library; do mkdir -p ".$(dirname "$library")" && cp -L "$library" ".$library"; done \
 && printf 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000:node:/data:/bin/sh\n' >etc/passwd \
 && printf 'root:x:0:\nnode:x:1000:\n' >etc/group \
 && printf 'hosts: files dns\n' >etc/nsswitch.conf

FROM scratch
# The last one gives buffers of log lines back to the system when they are freed (docs/operations.md, "Memory").
ENV PATH=/usr/local/bin:/usr/bin:/bin HOME=/data NODE_ENV=production \
    HOST=0.0.0.0 PORT=3000 COMPOSURE_DATA_DIR=/data NEXT_TELEMETRY_DISABLED=1 \
    MALLOC_MMAP_THRESHOLD_=65536
COPY --from=parts /image /
COPY --from=build /build/dist /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
VOLUME /data
# wget and not node: a Node process every half minute would cost more than the dashboard itself does when idle.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
  CMD wget -q -O /dev/null "http://127.0.0.1:${PORT}/api/health"
# A small young generation keeps memory near what is really used (docs/operations.md, "Memory").
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=512", "server.mjs"]
