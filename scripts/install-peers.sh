#!/usr/bin/env bash
# Installs the reference programs that tests compare with into .peers/bin, at the versions of .ci/peers.json.
# A program that cannot be had fails the script, unless .ci/peers.json lists it under "unobtainable" with its error.
set -u
cd "$(dirname "$0")/.." || exit 2
bin="$PWD/.peers/bin"
mkdir -p "$bin"
failed=0
while IFS=$'\t' read -r name module version excuse; do
  stamp="$bin/.$name-$version"
  if [ -x "$bin/$name" ] && [ -e "$stamp" ]; then
    echo "$name $version: installed"
    continue
  fi
  if ! command -v go >/dev/null; then
    error="no Go toolchain"
  elif error=$(GOBIN="$bin" CGO_ENABLED=0 go install -trimpath "$module@$version" 2>&1); then
    touch "$stamp"
    echo "$name $version: installed now"
    continue
  fi
  if [ -n "$excuse" ]; then
    echo "$name $version: not obtainable here, as .ci/peers.json says: $excuse"
  else
    echo "$name $version: ${error##*$'\n'}" >&2
    failed=1
  fi
done < <(node -e '
  const { peers, unobtainable } = JSON.parse(require("fs").readFileSync(".ci/peers.json", "utf8"));
  const excuses = new Map(unobtainable.map(({ name, error }) => [name, error]));
  for (const { name, module, version } of peers)
    console.log([name, module, version, excuses.get(name) ?? ""].join("\t"));
')
exit $failed
