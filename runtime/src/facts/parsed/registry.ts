// All parsed types, by name.
import type { ParsedTypeDefinition } from "../../core/types/parsed-type.ts";
import { cidr } from "./cidr/cidr.ts";
import { command } from "./command/command.ts";
import { email } from "./email/email.ts";
import { gitRef } from "./git-ref/git-ref.ts";
import { hostPattern } from "./host-pattern/host-pattern.ts";
import { host } from "./host/host.ts";
import { iban } from "./iban/iban.ts";
import { ip } from "./ip/ip.ts";
import { path } from "./path/path.ts";
import { relpath } from "./relpath/relpath.ts";
import { semver } from "./semver/semver.ts";
import { url } from "./url/url.ts";

export const parsedTypes: ReadonlyMap<string, ParsedTypeDefinition> = new Map(
  [url, host, hostPattern, ip, cidr, email, path, relpath, gitRef, semver, iban, command].map(
    (definition) => [definition.name, definition],
  ),
);
