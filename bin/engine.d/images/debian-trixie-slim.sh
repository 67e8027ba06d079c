# debian:trixie-slim from the machine's own Debian archive, without caches, manuals and translations, as the official one.
have_package debootstrap debootstrap
[ "$distribution" = debian ] || have_package /usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring
[ "$(id -u)" = 0 ] || fail 'making a base image takes root' 'next: sudo bin/engine'

uri='' key=''
[ "$distribution" != debian ] || IFS=$'\t' read -r uri _ key < <(debian_archive) || true
case "$key" in *.gpg | *.pgp) keyring=(--keyring "$key") ;; *) keyring=() ;; esac
debootstrap --variant=minbase --include=ca-certificates "${keyring[@]}" trixie root $uri

# Images build their packages from where this machine takes its own.
rm -f root/etc/apt/sources.list
if [ "$distribution" = debian ] && [ -e /etc/apt/sources.list.d/debian.sources ]; then
  sed -e '/^#/d' -e "s/\b$codename\b/trixie/g" /etc/apt/sources.list.d/debian.sources >root/etc/apt/sources.list.d/debian.sources
else
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
    "$(awk '$1=="deb" {print $2; exit}' root/etc/apt/sources.list.d/*.list 2>/dev/null || echo "$uri")" >root/etc/apt/sources.list.d/debian.sources
fi
printf 'APT::Install-Recommends "false";\nAcquire::Languages "none";\n' >root/etc/apt/apt.conf.d/90slim
printf 'path-exclude /usr/share/doc/*\npath-include /usr/share/doc/*/copyright\npath-exclude /usr/share/man/*\npath-exclude /usr/share/locale/*\npath-exclude /usr/share/info/*\n' >root/etc/dpkg/dpkg.cfg.d/slim
rm -rf root/var/cache/apt root/var/lib/apt/lists root/var/log/*.log root/var/log/apt root/var/cache/debconf/*-old \
  root/usr/share/man root/usr/share/locale root/usr/share/info root/tmp/* root/etc/resolv.conf root/etc/hostname
find root/usr/share/doc -type f ! -name copyright -delete
mkdir -p root/var/cache/apt/archives/partial root/var/lib/apt/lists/partial
# Build steps reach the package registries through the same front as this machine, and trust whom it trusts.
[ ! -e "$authorities" ] || cp -L "$authorities" root/etc/ssl/certs/ca-certificates.crt
tar -C root --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -c . |
  docker import --change 'CMD ["bash"]' --change 'LABEL composure.stand-in=true' - debian:trixie-slim
