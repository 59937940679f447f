#!/usr/bin/env bash
# Builds the driver of the opa-wasm crate; the file to write is the argument. About five minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")"
target="$PWD/../../../.peers/rust"
cargo build --release --locked --quiet --target-dir "$target"
cp "$target/release/aegis-opa-wasm-rs" "$1"
