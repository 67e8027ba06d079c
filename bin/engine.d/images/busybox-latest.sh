# busybox:latest: the same image as busybox:musl, whose binary is static.
docker tag busybox:musl busybox:latest
