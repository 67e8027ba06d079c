# busybox:musl and busybox:latest: the static binary under the names of everything that it can do.
ensure_work
if command -v busybox >/dev/null && busybox 2>/dev/null | grep -q . && ! ldd "$(command -v busybox)" >/dev/null 2>&1; then
  binary=$(command -v busybox)
else
  have_package /bin/busybox busybox-static
  binary=/bin/busybox
fi
mkdir -p root/bin root/etc root/root root/tmp root/home root/usr/sbin root/var root/dev root/proc root/sys
ln -s ../bin root/usr/bin
chmod 1777 root/tmp
cp "$binary" root/bin/busybox
for name in $("$binary" --list); do [ "$name" = busybox ] || ln "root/bin/busybox" "root/bin/$name"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' >root/etc/passwd
printf 'root:x:0:\nnogroup:x:65534:\n' >root/etc/group
tar -C root --owner=0 --group=0 --numeric-owner -c . |
  docker import --change 'CMD ["sh"]' --change 'LABEL composure.stand-in=true' - busybox:musl
