//! Decides requests by Rego in the regorus crate: `aegis-regorus FILE.rego... RULE`, a JSON document a line on
//! standard input, the rule's value (or `{"error": text}`) a line on standard output.
use std::io::{self, BufRead, Write};

use anyhow::{Context, Result};
use regorus::{Engine, PolicyLengthConfig};
use serde_json::json;
use std::num::{NonZeroU32, NonZeroUsize};

/// Patterns of parsed types make longer lines than regorus takes by default.
const LENGTHS: PolicyLengthConfig = PolicyLengthConfig {
    max_col: NonZeroU32::new(1 << 20).unwrap(),
    max_file_bytes: NonZeroUsize::new(1 << 26).unwrap(),
    max_lines: NonZeroUsize::new(1 << 20).unwrap(),
};

fn decide(engine: &mut Engine, rule: &str, line: &str) -> Result<String> {
    engine.set_input_json(line)?;
    engine.eval_rule(rule.to_string())?.to_json_str()
}

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let rule = arguments.pop().context("no rule given")?;
    let mut engine = Engine::new();
    engine.set_policy_length_config(LENGTHS);
    for file in arguments {
        engine.add_policy_from_file(file)?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let answer = decide(&mut engine, &rule, &line?)
            .map(|text| text.replace('\n', " "))
            .unwrap_or_else(|error| json!({ "error": format!("{error:#}") }).to_string());
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
