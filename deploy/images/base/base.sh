#!/bin/sh
# Makes the image herald/base of this machine's JDK 25 and of Debian's C library: for machines that reach no registry of images, and for
# smaller images. It has no shell. Needs Debian or Ubuntu, and docker, podman or buildah.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
jdk=$("$folder/../../../herald" jdk)
# A docker without its daemon is of no use.
tool=${1:-$(for name in docker podman buildah; do "$name" info >/dev/null 2>&1 && echo "$name" && break; done)}
[ -n "$tool" ] || { echo "Neither docker, podman nor buildah runs here." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/opt" "$root/tmp" "$work/packages"
chmod 1777 "$root/tmp"

# What the JVM and the native libraries of Netty, zstd and Argon2 are linked with.
chmod 755 "$work"
chown _apt "$work/packages" 2>/dev/null || true
(cd "$work/packages" && apt-get download -qq libc6 libgcc-s1 libstdc++6 zlib1g)
for package in "$work"/packages/*.deb; do
    dpkg-deb --extract "$package" "$root"
done
rm -rf "$root/usr/share"

# java.se is all of Java; jdk.* is what libraries look for, and jcmd and the flight recorder for operators.
"$jdk/bin/jlink" --output "$root/opt/java" --no-header-files --no-man-pages --add-modules java.se,jdk.charsets,jdk.jcmd,jdk.jfr,\
jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
# The archive of the JDK's classes for the options in jvm.options.
"$root/opt/java/bin/java" -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xshare:dump >/dev/null
printf 'root:x:0:0::/:\nherald:x:10001:10001::/application:\n' >"$root/etc/passwd"

"$tool" build --quiet --tag herald/base -f "$folder/Dockerfile" "$root" >/dev/null
echo "herald/base"
