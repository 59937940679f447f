// Texts that look like credentials or personal data and are none: what repositories, logs and web pages are full of.
import type { Random } from "../../random-ir/random.ts";
import { fill, randomText } from "./positives.ts";

const WORDS =
  "task disk risk secret token key password access auth client config service cluster encryption management internal public example " +
  "name value default manager factory handler provider request response session cookie header payment invoice order patient record " +
  "production staging development kubernetes terraform authorization bearer basic api data cache index module component render";

export interface LookAlike {
  readonly name: string;
  make(random: Random): string;
}

const words = (random: Random, count: number, glue: string): string =>
  random.times(count, () => random.pick(WORDS.split(" "))).join(glue);
const shape = (name: string, ...shapes: readonly string[]): LookAlike => ({
  name,
  make: (random) => fill(random, random.pick([...shapes])),
});
const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const lookAlikes: readonly LookAlike[] = [
  shape("UUIDs", "{h8}-{h4}-4{h3}-a{h3}-{h12}", "id: {h8}-{h4}-4{h3}-8{h3}-{h12}"),
  shape(
    "checksums",
    "{h32}",
    "{h40}",
    "{h64}  dist/app.tar.gz",
    "sha256:{h64}",
    "md5={h32}",
    "commit {h40}",
    "SHA512: {h128}",
  ),
  shape(
    "git",
    "index {h7}..{h7} 100644",
    "Merge: {h7} {h7}",
    "refs/heads/feature/{l8}",
    "[main {h7}] secret rotation",
    "{h40} HEAD -> main",
  ),
  shape(
    "npm lock files",
    '"integrity": "sha512-{b86}=="',
    '"resolved": "https://registry.npmjs.org/{l6}/-/{l6}-1.2.3.tgz"',
    '"node_modules/@{l5}/{l8}": {{',
  ),
  shape(
    "yarn, pnpm and Deno locks",
    "  checksum: 10c0/{h128}",
    "    resolution: {{integrity: sha512-{b86}==}}",
    '"jsr:@std/{l6}@1": "{h64}"',
  ),
  shape(
    "Cargo and Go locks",
    'checksum = "{h64}"',
    "github.com/{l6}/{l8} v1.{d1}.{d2} h1:{b43}=",
    "golang.org/x/{l5} v0.0.0-2026{d10}-{h12}",
  ),
  shape(
    "Python locks",
    '    {{file = "{l6}-1.0.tar.gz", hash = "sha256:{h64}"}},',
    "    --hash=sha256:{h64} \\",
  ),
  shape(
    "container images",
    "registry.example.com/{l6}/{l8}@sha256:{h64}",
    "image: ghcr.io/{l5}/{l7}:v1.{d1}.{d2}",
    "docker pull {l6}:{h12}",
  ),
  shape(
    "base64 pictures",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b400}",
    '<img src="data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAA{b300}">',
    "data:font/woff2;base64,d09GMgABAAAA{b500}",
  ),
  shape(
    "certificates",
    "-----BEGIN CERTIFICATE-----\nMIID{b60}\n{b64}\n-----END CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----\n{b64}\n-----END PUBLIC KEY-----",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} ann@laptop",
    "ssh-rsa AAAAB3NzaC1yc2E{b300} ci",
  ),
  shape(
    "minified scripts",
    'function {l1}(e,t){{return e.{l3}||(t={d2},n("{l6}"))}}',
    '!function(e){{var t={{}};function n(r){{if(t[r])return t[r].exports}}}}("{w8}");',
    "var a={d5},b=0x{h8};c=a^b>>>{d1};",
  ),
  shape(
    "source maps",
    '"mappings":"AAAA,{w4},{w6};{w5},{w5},{w4};{w6},{w4},{w5};AACA"',
    "//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJ{b200}",
  ),
  shape(
    "cloud names",
    "arn:aws:iam::{d12}:role/{l8}",
    "projects/{l8}/locations/europe-west1/keyRings/{l6}/cryptoKeys/{l6}",
    "/subscriptions/{h8}-{h4}-{h4}-{h4}-{h12}/resourceGroups/{l8}",
    "i-0{h16}",
    "vpc-{h17}",
    "AIDA{l16}",
    "s3://{l8}-backups/{h32}/part-00000",
  ),
  shape(
    "cluster names",
    "pod/{l6}-{h10}-{l5} 1/1 Running",
    "kube-root-ca.crt-{h8}",
    "secret/{l6}-token-{l5} created",
    "sh.helm.release.v1.{l7}.v{d2}",
  ),
  shape(
    "trace and request ids",
    "00-{h32}-{h16}-01",
    "x-request-id: {h8}-{h4}-{h4}-{h4}-{h12}",
    "req_{w14}",
    "trace_id={h32} span_id={h16}",
    "Root=1-{h8}-{h24}",
    "01{U24}",
  ),
  shape(
    "numbers",
    "{d16}",
    "{d4} {d4} {d4}",
    "+49 {d3} {d7}",
    "{d3}-{d4}",
    "order {d12} of {d10}",
    "1.{d12}",
    "{d13}",
    "ISBN 978-{d1}-{d4}-{d4}-{d1}",
    "{d10}:{d6}",
  ),
  shape(
    "times and versions",
    "2026-11-27T1{d1}:00:00.{d6}Z",
    "v{d1}.{d2}.{d2}-rc.{d1}+build.{h7}",
    "17{d8}",
    "17{d11}",
    "1.{d1}.0-{d14}-{h12}",
  ),
  shape(
    "addresses",
    "https://example.com/{l8}/{h32}?page={d2}#{l6}",
    "https://user@example.com/path",
    "https://cdn.example.com/assets/{w8}.{h8}.js",
    "http://localhost:8080/:id/@me",
    "ssh://git@example.com:2222/{l6}.git",
    "https://example.com/a:b@c/d",
    "postgres://localhost:5432/app",
  ),
  shape(
    "references to secrets",
    "password: ${{DB_PASSWORD}}",
    "apiKey: process.env.API_KEY",
    "password = os.environ['DB_PASSWORD']",
    "secret: {{{{ secrets.DEPLOY_KEY }}",
    "token: vault:secret/data/app#token",
    "PASSWORD=$1",
    "api_key = var.api_key",
    "client_secret: !Ref ClientSecret",
    "password: <redacted>",
    "secretKeyRef: {{ name: db, key: password }}",
    "access_token: string;",
    "auth_token = get_auth_token()",
    'password: "********"',
    "pwd: $(pwd)",
    "Authorization: Bearer ${{TOKEN}}",
    "Authorization: Bearer <token>",
  ),
  shape(
    "forms and schemas",
    '"password": {{ "type": "string", "minLength": 12 }}',
    '<input type="password" name="password" autocomplete="new-password">',
    "label_password: Enter your password",
    "password?: string | undefined",
    "PASSWORD_MIN_LENGTH = 12",
    "secret: false",
    "token: null",
    "api_key: required",
    "interface Secret {{ key: string }}",
    "password_reset_tokens",
    "passwordStrength: 4",
  ),
  shape(
    "placeholders",
    "sk_live_your_key_here",
    "ghp_xxxxxxxx",
    "YOUR_API_KEY",
    "AKIA...",
    "<YOUR-TOKEN>",
    "xoxb-your-token",
    "sk-...",
    "hf_***",
    "npm_token",
    "AIza-your-key",
    "Bearer <access_token>",
    "glpat-<token>",
  ),
  { name: "prose", make: (random) => `The ${words(random, 12, " ")} and ${words(random, 6, ", ")}.` },
  {
    name: "kebab and snake names",
    make: (random) =>
      random.pick([
        `${words(random, 6, "-")}`,
        `${words(random, 5, "_")}`,
        `--${words(random, 4, "-")}=true`,
        `.${words(random, 5, "-")}__item--active`,
      ]),
  },
  {
    name: "camel names",
    make: (random) =>
      `${random.pick(WORDS.split(" "))}${random.times(6, () => title(random.pick(WORDS.split(" ")))).join("")}()`,
  },
  {
    name: "file paths",
    make: (random) =>
      `/${words(random, 4, "/")}/${words(random, 3, "-")}.spec.ts:${randomText(random, "d", 2)}:7`,
  },
  {
    name: "constants",
    make: (random) => `${words(random, 4, "_").toUpperCase()} = "${words(random, 3, "/")}"`,
  },
  {
    name: "CSS and markup",
    make: (random) =>
      `<div class="${words(random, 4, " ")}" style="color:#${randomText(random, "h", 6)};margin:${randomText(random, "d", 2)}px">`,
  },
];

/** `each` of every kind. */
export const lookAlikeTexts = (
  random: Random,
  each: number,
): readonly { readonly kind: string; readonly text: string }[] =>
  lookAlikes.flatMap(({ name, make }) => random.times(each, () => ({ kind: name, text: make(random) })));
