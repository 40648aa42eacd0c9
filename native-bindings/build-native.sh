#!/bin/sh
# Builds the Go messages of rule.proto and the shared library for the host platform; nothing if no input changed.
# Called by Maven: build-native.sh JAVA_HOME TOOLS_DIRECTORY LIBRARY_DIRECTORY OS_NAME
# Two builds may run in one tree: everything is made under a name of its own and moved into place.
set -eu
java_home=$1
tools=$2
library_directory=$3
os_name=$4

root=$(cd "$(dirname "$0")" && pwd)
proto_directory=$root/src/main/proto
messages=$root/go/internal/rulepb

for program in go gcc; do
  command -v "$program" >/dev/null || { echo "build-native.sh: $program is not on the PATH" >&2; exit 1; }
done
case $os_name in
  linux) library=libveilflow.so; jni=linux ;;
  osx) library=libveilflow.dylib; jni=darwin ;;
  *) echo "build-native.sh: no build for $os_name" >&2; exit 1 ;;
esac

[ -f "$java_home/include/jni.h" ] || { echo "build-native.sh: $java_home has no include/jni.h: a JDK is needed" >&2; exit 1; }

checksum() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

cd "$root/go"
inputs=$({
  go version
  echo "$java_home"
  find . "$proto_directory" "$root/build-native.sh" -type f \
    \( -name '*.go' -o -name '*.c' -o -name '*.h' -o -name '*.proto' -o -name go.mod -o -name go.sum -o -name '*.sh' \) \
    ! -name '*.pb.go' ! -name '*_test.go' | LC_ALL=C sort | while read -r file; do checksum "$file"; done
} | checksum - | cut -c 1-64)
stamp=$tools/inputs
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ] \
  && [ -f "$library_directory/$library" ] && [ -f "$messages/rule.pb.go" ]; then
  exit 0
fi

mkdir -p "$tools" "$library_directory" "$messages"
work=$(mktemp -d "$tools/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

go build -o "$work/protoc-gen-go" google.golang.org/protobuf/cmd/protoc-gen-go
cp "$tools/protoc" "$work/protoc"
chmod u+x "$work/protoc"
"$work/protoc" --plugin="protoc-gen-go=$work/protoc-gen-go" --proto_path="$proto_directory" \
  --go_out="$work" --go_opt=module=io.veilflow/native/internal/rulepb veilflow/rule/v1/rule.proto
mv "$work/rule.pb.go" "$messages/rule.pb.go"

CGO_ENABLED=1 CGO_CFLAGS="-O2 -I$java_home/include -I$java_home/include/$jni" \
  go build -trimpath -buildvcs=false -buildmode=c-shared -ldflags="-s -w -buildid=" -o "$work/$library" ./cmd/veilflow
(cd "$work" && checksum "$library" | cut -c 1-64 >"$library.sha256")
mv "$work/$library" "$library_directory/$library"
mv "$work/$library.sha256" "$library_directory/$library.sha256"
echo "$inputs" >"$work/inputs"
mv "$work/inputs" "$stamp"
