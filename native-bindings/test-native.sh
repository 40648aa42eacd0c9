#!/bin/sh
# Formatting, vet and tests of the Go module. Called by Maven: test-native.sh JAVA_HOME OS_NAME
set -eu
java_home=$1
os_name=$2
cd "$(dirname "$0")/go"
case $os_name in
  osx) jni=darwin ;;
  *) jni=linux ;;
esac
export CGO_ENABLED=1 CGO_CFLAGS="-O2 -I$java_home/include -I$java_home/include/$jni"

unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
  echo "not formatted by gofmt: $unformatted" >&2
  exit 1
fi
go vet ./...
go test -trimpath ./...
