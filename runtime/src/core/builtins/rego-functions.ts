// The Rego functions that builtins call, by name: the text that a backend emits once when one is used.

/** Functions over the form of values that `BuiltinDefinition.rego` describes. Each is total and needs no import but `rego.v1`. */
export const regoHelpers: ReadonlyMap<string, string> = new Map([
  [
    "aegis_ascii_lower",
    `# Lower case of A to Z only.
aegis_ascii_lower(text) := strings.replace_n({${letterPairs()}}, text)`,
  ],
  [
    "aegis_mod",
    `# The remainder that is never negative.
aegis_mod(value, by) := ((value % by) + by) % by`,
  ],
  [
    "aegis_within",
    `# At least one item, and every item in the set.
default aegis_within(_, _) := false

aegis_within(items, set) if {
	count(items) > 0
	every item in items {
		item in set
	}
}`,
  ],
  [
    "aegis_intersects",
    `# At least one item in both.
default aegis_intersects(_, _) := false

aegis_intersects(items, others) if {
	some item in items
	item in others
}`,
  ],
  [
    "aegis_covers",
    `# One of the host patterns covers the host: \`*.a.b\` any depth below \`a.b\`.
default aegis_covers(_, _) := false

aegis_covers(patterns, host) if host in patterns

aegis_covers(patterns, host) if {
	some pattern in patterns
	startswith(pattern, "*.")
	endswith(host, substring(pattern, 1, -1))
	count(host) >= count(pattern)
}`,
  ],
  [
    "aegis_within_hosts",
    `# At least one host, and each covered by one of the host patterns.
default aegis_within_hosts(_, _) := false

aegis_within_hosts(hosts, patterns) if {
	count(hosts) > 0
	every host in hosts {
		aegis_covers(patterns, host)
	}
}`,
  ],
  [
    "aegis_ip_in",
    `# The address lies in one of the networks.
default aegis_ip_in(_, _) := false

aegis_ip_in(ip, networks) if {
	some network in networks
	net.cidr_contains(network, ip)
}`,
  ],
  [
    "aegis_within_networks",
    `# At least one address, and each in one of the networks.
default aegis_within_networks(_, _) := false

aegis_within_networks(ips, networks) if {
	count(ips) > 0
	every ip in ips {
		aegis_ip_in(ip, networks)
	}
}`,
  ],
  [
    "aegis_under",
    `# The path is the base or lies below it.
default aegis_under(_, _) := false

aegis_under(path, base) if path == base

aegis_under(path, base) if startswith(path, concat("", [trim_suffix(base, "/"), "/"]))`,
  ],
]);

/** Helpers that another helper calls. */
export const regoHelperNeeds: ReadonlyMap<string, readonly string[]> = new Map([
  ["aegis_within_hosts", ["aegis_covers"]],
  ["aegis_within_networks", ["aegis_ip_in"]],
]);

function letterPairs(): string {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.map((letter) => `"${letter}": "${letter.toLowerCase()}"`).join(", ");
}
