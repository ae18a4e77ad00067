#!/bin/sh
# Builds the image herald/base from this machine's JDK 25 and Debian's C library. It is smaller than other images, needs no image registry,
# and has no shell. Needs Debian or Ubuntu, and docker, podman or buildah.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
jdk=$("$folder/../../../herald" jdk)
# Takes the first tool that works: docker may be installed without a running daemon.
tool=${1:-$(for name in docker podman buildah; do "$name" info >/dev/null 2>&1 && echo "$name" && break; done)}
[ -n "$tool" ] || { echo "None of docker, podman and buildah works on this machine." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/opt" "$root/tmp" "$work/packages"
chmod 1777 "$root/tmp"

# The shared libraries that the JVM and the native code of Netty, zstd and Argon2 need.
chmod 755 "$work"
chown _apt "$work/packages" 2>/dev/null || true
(cd "$work/packages" && apt-get download -qq libc6 libgcc-s1 libstdc++6 zlib1g)
for package in "$work"/packages/*.deb; do
    dpkg-deb --extract "$package" "$root"
done
rm -rf "$root/usr/share"

# java.se is the Java SE platform. Libraries need most of the jdk.* modules; jdk.jcmd and jdk.jfr are for operators.
"$jdk/bin/jlink" --output "$root/opt/java" --compress zip-6 --no-header-files --no-man-pages --add-modules \
java.se,jdk.charsets,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
# Creates the archive of the JDK's classes (CDS) for the options in jvm.options.
"$root/opt/java/bin/java" -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xshare:dump >/dev/null
printf 'root:x:0:0::/:\nherald:x:10001:10001::/application:\n' >"$root/etc/passwd"

"$tool" build --quiet --tag herald/base -f "$folder/Dockerfile" "$root" >/dev/null
echo "herald/base"
