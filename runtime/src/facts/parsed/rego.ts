// The Rego modules of all parsed types, by name of the type.
import { cidrRego } from "./cidr/cidr.rego.ts";
import { commandRego } from "./command/command.rego.ts";
import { emailRego } from "./email/email.rego.ts";
import { gitRefRego } from "./git-ref/git-ref.rego.ts";
import { hostPatternRego } from "./host-pattern/host-pattern.rego.ts";
import { hostRego } from "./host/host.rego.ts";
import { ibanRego } from "./iban/iban.rego.ts";
import { ipRego } from "./ip/ip.rego.ts";
import { pathRego } from "./path/path.rego.ts";
import type { RegoModule } from "./rego-module.ts";
import { relpathRego } from "./relpath/relpath.rego.ts";
import { semverRego } from "./semver/semver.rego.ts";
import { urlRego } from "./url/url.rego.ts";

const MODULES: ReadonlyMap<string, RegoModule> = new Map(
  [
    urlRego,
    hostRego,
    hostPatternRego,
    ipRego,
    cidrRego,
    emailRego,
    pathRego,
    relpathRego,
    gitRefRego,
    semverRego,
    ibanRego,
    commandRego,
  ].map((module) => [module.name, module]),
);

/** The modules of the named types and of those that they call, in the order of their names. */
export function regoTypeModules(names: Iterable<string>): readonly RegoModule[] {
  const wanted = new Set<string>();
  const visit = (name: string): void => {
    const module = MODULES.get(name);
    if (module === undefined) throw new RangeError("no such parsed type");
    if (wanted.has(name)) return;
    wanted.add(name);
    module.needs.forEach(visit);
  };
  for (const name of names) visit(name);
  return [...MODULES.values()]
    .filter((module) => wanted.has(module.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
