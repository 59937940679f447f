// Generates URLs that parsers are known to read differently, with enough plain ones among them.
import fc from "fast-check";

const scheme = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("http", "https", "HTTP") },
  { weight: 2, arbitrary: fc.constantFrom("ws", "ftp", "foo", "git+ssh", "file", "javascript", "1x", "") },
);
const slashes = fc.oneof(
  { weight: 9, arbitrary: fc.constant("://") },
  { weight: 1, arbitrary: fc.constantFrom(":/", ":", ":///", ":\\\\", ":/\\", "//") },
);
const label = fc.oneof(
  fc.constantFrom("a", "example", "com", "co-op", "A", "1password", "x1", "internal", "local"),
  fc.constantFrom(
    "0",
    "127",
    "1",
    "010",
    "0x7f",
    "256",
    "xn--a",
    "ab--c",
    "-a",
    "a-",
    "a_b",
    "é",
    "%61",
    "１",
    "",
    "*",
  ),
);
const host = fc.oneof(
  { weight: 6, arbitrary: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join(".")) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "127.0.0.1",
      "10.0.0.256",
      "0x7f.1",
      "2130706433",
      "[::1]",
      "[2001:db8::1]",
      "[::ffff:1.2.3.4]",
      "[1::2::3]",
      "[::1",
      "[fe80::1%25eth0]",
      "example.com.",
      "localhost",
    ),
  },
);
const user = fc.oneof(
  { weight: 9, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom("u@", "u:p@", "evil.com\\@", "a.com#@", "a.com?@", "%40@", "@") },
);
const port = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: fc.constantFrom(":80", ":443", ":8080", ":1", ":65535") },
  { weight: 1, arbitrary: fc.constantFrom(":", ":0", ":080", ":65536", ":99999", ":a", ":-1", ": 80") },
);
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("/", "a", "b.c", "/x", "?", "q=1", "&", "#", "%20", "@", ":", "//", ";"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "..",
      ".",
      "%2e",
      "\\",
      "[",
      "]",
      "'",
      "|",
      "\t",
      "\n",
      " ",
      "%zz",
      "%00",
      "\u202e",
      "é",
      "%2f",
      "<",
    ),
  },
);
const tail = fc
  .tuple(fc.constantFrom("", "/", "/", "?", "#"), fc.array(piece, { maxLength: 5 }))
  .map(([first, pieces]) => first + (first === "" ? "" : pieces.join("")));

export const hostileUrls: fc.Arbitrary<string> = fc
  .tuple(scheme, slashes, user, host, port, tail)
  .map((parts) => parts.join(""));
