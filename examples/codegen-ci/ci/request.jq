# Puts what the scanners wrote into one request for the gate:
#   jq -n -f request.jq --argjson number 7 --arg digest sha256:… --argjson signers '["…"]' \
#     --slurpfile sbom sbom.json --slurpfile vulnerabilities osv.json --slurpfile analysis sast.sarif --slurpfile provenance provenance.json
{
  agent: { id: "merge-pipeline" },
  tool: "pipeline",
  action: "merge",
  args: {
    number: $number,
    digest: $digest,
    sbom: $sbom[0],
    vulnerabilities: $vulnerabilities[0],
    analysis: $analysis[0],
    provenance: $provenance[0]
  },
  facts: { "/args/provenance": { "std.supplychain.signed_by": $signers } }
}
