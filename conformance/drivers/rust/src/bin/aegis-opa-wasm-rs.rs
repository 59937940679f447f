//! Decides requests by a policy.wasm in the opa-wasm crate: `aegis-opa-wasm-rs POLICY.wasm ENTRYPOINT`, a JSON
//! document a line on standard input, the result (or `{"error": text}`) a line on standard output.
use std::io::{self, BufRead, Write};

use anyhow::{Context, Result};
use opa_wasm::{wasmtime, Runtime};
use serde_json::{json, value::RawValue, Value};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().context("no policy given")?;
    let entrypoint = arguments.next().context("no entrypoint given")?;
    let engine = wasmtime::Engine::default();
    let module = wasmtime::Module::new(&engine, std::fs::read(file)?)?;
    let mut store = wasmtime::Store::new(&engine, ());
    let runtime = Runtime::new(&mut store, &module).await?;
    let policy = runtime.without_data(&mut store).await?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let input = RawValue::from_string(line?)?;
        let result: Result<Value> = policy.evaluate(&mut store, &entrypoint, &input).await;
        let answer = match result {
            Ok(value) => value[0]["result"].clone(),
            Err(error) => json!({ "error": format!("{error:#}") }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
