# postgres:17-trixie: Debian's own packages and an entrypoint that keeps the official image's promises.
cp "$here/images/postgres-entrypoint.sh" docker-entrypoint.sh
chmod 755 docker-entrypoint.sh
cat >Dockerfile <<'RECIPE'
FROM debian:trixie-slim
RUN groupadd -r postgres --gid=999 && useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres
RUN apt-get update && mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \
  && apt-get install -y --no-install-recommends postgresql-17 gosu \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/lib/postgresql/* \
  && mkdir -p /docker-entrypoint-initdb.d /var/lib/postgresql/data /var/run/postgresql \
  && chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql && chmod 3777 /var/run/postgresql \
  && chmod 1777 /var/lib/postgresql/data \
  && sed -i "s/^#*listen_addresses *=.*/listen_addresses = '*'/" /usr/share/postgresql/17/postgresql.conf.sample
COPY docker-entrypoint.sh /usr/local/bin/
ENV PATH=$PATH:/usr/lib/postgresql/17/bin LANG=C.UTF-8 PG_MAJOR=17 PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
EXPOSE 5432
CMD ["postgres"]
RECIPE
build_stand_in postgres:17-trixie
