// The parsed type `command`: a shell line, and what it runs where dash, bash and zsh read it alike.
//
// The tokens are those of `facts/parsed/command/command-tokens.ts` in the runtime package; each is told apart by its first
// character, so that reading goes forward only.
import { ABSENT, BAD, SLOT_COMMAND, alloc, copy, parsedWord, sameText, size, slot, start, text } from "./memory";
import { isAlphanumeric } from "./hosts";
import { occurs } from "./pattern";
import { byteAt, endsWith, fits, indexOf, lastIndexOf, lowered, part, startsWith } from "./strings";
import { newList } from "./types";

const MAX_LINE: u32 = 131072;
const MAX_CALLS: u32 = 100;
const MAX_ARGS: u32 = 100;
const MAX_WORDS: u32 = 1000;

export function ps_command(given: i64): i64 {
  return fits(given, MAX_LINE) && indexOf(given, 0, 0) < 0 ? given : BAD;
}

// Tables: patterns {shape of the line, network file, selecting, selecting in front}, programs that make a line opaque
// {number, names}, rules {number, {name, only, never} in 16 bytes}.
@inline
function pattern(index: usize): usize {
  return load<u32>((slot(SLOT_COMMAND) as usize) + (index << 2));
}
const SHAPE: usize = 0;
const NETWORK: usize = 1;
const SELECTING: usize = 2;
const SELECTING_FIRST: usize = 3;

let line: i64 = 0;
let length: u32 = 0;
let at: u32 = 0;

/** What was found out about the line last read, and which line that is. */
let known: i64 = 0;
let isPlain: bool = false;
let pipes: bool = false;
/** Words of all calls, files read, files written: values and numbers. */
let words: usize = 0;
let wordNumber: u32 = 0;
let reads: usize = 0;
let readNumber: u32 = 0;
let writes: usize = 0;
let writeNumber: u32 = 0;
/** Calls: {name, index of the program among the words, number of words, literal} in 24 bytes. */
let calls: usize = 0;
let callNumber: u32 = 0;

/** Memory of an earlier request is gone. */
@inline
export function forgetCommand(): void {
  known = 0;
}

/** The byte here, 0 at the end. */
@inline
function here(): u32 {
  return at < length ? byteAt(line, at) : 0;
}

function isControl(byte: u32): bool {
  return (byte < 0x20 && byte != 0x09 && byte != 0x0a) || byte == 0x7f;
}

/** Blanks, and backslashes before line feeds behind them. */
function skipBlank(): void {
  while (here() == 0x20 || here() == 0x09) at++;
  while (at + 1 < length && here() == 0x5c && byteAt(line, at + 1) == 0x0a) {
    at += 2;
    while (here() == 0x20 || here() == 0x09) at++;
  }
}

// Letters and digits apart: characters of programs, files, words.
function isProgramCharacter(byte: u32): bool {
  return isAlphanumeric(byte) || byte == 0x5f || byte == 0x2e || byte == 0x2f;
}
function isTargetCharacter(byte: u32): bool {
  // : , @ % + = -
  return (
    isProgramCharacter(byte) ||
    byte == 0x3a ||
    byte == 0x2c ||
    byte == 0x40 ||
    byte == 0x25 ||
    byte == 0x2b ||
    byte == 0x3d ||
    byte == 0x2d
  );
}
/** Of a word, in front: `=` and `#` only follow. */
function isWordStart(byte: u32): bool {
  // ! ^ ] ~ * ? [ beside those of files.
  if (byte == 0x3d) return false;
  return (
    isTargetCharacter(byte) ||
    byte == 0x21 ||
    byte == 0x5e ||
    byte == 0x5d ||
    byte == 0x7e ||
    byte == 0x2a ||
    byte == 0x3f ||
    byte == 0x5b
  );
}

/** Moves behind a quoted text whose quotes close; false leaves the place as it is. */
function skipQuoted(): bool {
  const from = at;
  const quote = here();
  at++;
  while (at < length) {
    const byte = here();
    if (byte == quote) {
      at++;
      return true;
    }
    if (isControl(byte)) break;
    if (quote == 0x22) {
      if (byte == 0x60) break;
      if (byte == 0x24) {
        // A `$` stands for itself before a blank, a bar, a parenthesis, a slash, the closing quote.
        const after = at + 1 < length ? byteAt(line, at + 1) : 0;
        if (after == 0x20 || after == 0x7c || after == 0x29 || after == 0x2f) at++;
        else if (after != 0x22) break;
      } else if (byte == 0x5c) {
        at++;
        if (at == length || here() == 0x0a || isControl(here())) break;
      }
    }
    at++;
  }
  at = from;
  return false;
}

/** Moves behind `{name}`. */
function skipBraces(): bool {
  let index = at + 1;
  while (index < length && (isAlphanumeric(byteAt(line, index)) || byteAt(line, index) == 0x5f)) index++;
  if (index == length || byteAt(line, index) != 0x7d) return false;
  at = index + 1;
  return true;
}

/** Moves behind one piece of a word that is not a plain character. */
function skipPiece(): bool {
  const byte = here();
  if (byte == 0x27 || byte == 0x22) return skipQuoted();
  if (byte == 0x7b) return skipBraces();
  if (byte != 0x5c || at + 1 >= length) return false;
  const after = byteAt(line, at + 1);
  if (after < 0x20 || after > 0x7e) return false;
  at += 2;
  return true;
}

function skipWord(): bool {
  const from = at;
  if (here() == 0x3d) {
    at++;
    return true;
  }
  while (at < length) {
    const byte = here();
    if (isWordStart(byte) || (at > from && (byte == 0x3d || byte == 0x23))) at++;
    else if (!skipPiece()) break;
  }
  return at > from;
}

function skipTarget(): bool {
  const from = at;
  while (at < length) {
    const byte = here();
    if (at == from ? isProgramCharacter(byte) : isTargetCharacter(byte)) at++;
    else if ((byte != 0x27 && byte != 0x22) || !skipQuoted()) break;
  }
  return at > from;
}

let wordIsLiteral: bool = true;

/** The text of a word without its quotes. */
function unquoted(word: i64): i64 {
  const end = size(word);
  const to = alloc(end + 8);
  let out = to;
  let index: u32 = 0;
  wordIsLiteral = end == 0 || byteAt(word, 0) != 0x7e;
  while (index < end) {
    const byte = byteAt(word, index);
    if (byte == 0x5c) {
      store<u8>(out++, byteAt(word, index + 1) as u8);
      index += 2;
    } else if (byte == 0x27) {
      const close = indexOf(word, 0x27, index + 1) as u32;
      for (index++; index < close; index++) store<u8>(out++, byteAt(word, index) as u8);
      index++;
    } else if (byte == 0x22) {
      for (index++; byteAt(word, index) != 0x22; index++) {
        if (byteAt(word, index) == 0x5c) {
          const after = byteAt(word, index + 1);
          // A backslash before anything but these stays.
          if (after != 0x22 && after != 0x5c && after != 0x24 && after != 0x60) store<u8>(out++, 0x5c);
          index++;
        }
        store<u8>(out++, byteAt(word, index) as u8);
      }
      index++;
    } else {
      const from = index;
      while (index < end && byteAt(word, index) != 0x5c && byteAt(word, index) != 0x27 && byteAt(word, index) != 0x22) {
        store<u8>(out++, byteAt(word, index++) as u8);
      }
      if (occurs(pattern(SELECTING), part(word, from, index))) wordIsLiteral = false;
    }
  }
  return text(to, (out - to) as u32);
}

const NULL_DEVICE: usize = 38;

/** A redirection of the call, if one stands here: 1 taken, 0 none here, -1 one that makes the line opaque. */
function takeRedirection(): i32 {
  const from = at;
  const digit = here() - 0x30 < 3;
  if (digit) at++;
  const direction = here();
  if (direction == 0x3e || direction == 0x3c) {
    at++;
    if (direction == 0x3e && here() == 0x3e) at++;
    while (here() == 0x20 || here() == 0x09) at++;
    const target = at;
    if (skipTarget()) {
      const file = unquoted(part(line, target, at));
      if (size(file) == 0 || occurs(pattern(NETWORK), file)) return -1;
      if (sameText(file, parsedWord(NULL_DEVICE, 9))) return 1;
      const isRead = direction == 0x3c;
      if ((isRead ? readNumber : writeNumber) == MAX_WORDS) return -1;
      if (isRead) store<i64>(reads + (readNumber++ << 3), file);
      else store<i64>(writes + (writeNumber++ << 3), file);
      return 1;
    }
  }
  at = from;
  if (digit && here() != 0x30) at++;
  if (at + 2 < length && here() == 0x3e && byteAt(line, at + 1) == 0x26 && byteAt(line, at + 2) - 0x31 < 2) {
    at += 3;
    return 1;
  }
  at = from;
  return 0;
}

const EXE: usize = 47;

/** The call that starts here; false when it makes the line opaque. */
function takeCall(): bool {
  if (callNumber == MAX_CALLS) return false;
  const call = calls + (callNumber as usize) * 24;
  const first = wordNumber;
  let literal = true;
  let mayBeOption = false;
  let from = at;
  if (here() == 0x5b) at++;
  else while (at < length && (isProgramCharacter(here()) || (at > from && (here() == 0x2b || here() == 0x2d)))) at++;
  const program = part(line, from, at);
  store<i64>(words + (wordNumber++ << 3), program);
  while (at < length) {
    const blank = at;
    if (here() != 0x20 && here() != 0x09) break;
    skipBlank();
    const taken = takeRedirection();
    if (taken < 0) return false;
    if (taken == 1) continue;
    from = at;
    if (!skipWord()) {
      at = blank;
      break;
    }
    if (wordNumber == MAX_WORDS || wordNumber - first > MAX_ARGS) return false;
    const word = part(line, from, at);
    store<i64>(words + (wordNumber++ << 3), unquoted(word));
    if (!wordIsLiteral) literal = false;
    if (occurs(pattern(SELECTING_FIRST), word)) mayBeOption = true;
  }
  let name = lowered(part(program, lastIndexOf(program, 0x2f) + 1, size(program)));
  if (endsWith(name, parsedWord(EXE, 4))) name = part(name, 0, size(name) - 4);
  store<i64>(call, name);
  store<u32>(call, first, 8);
  store<u32>(call, wordNumber - first, 12);
  store<u32>(call, literal ? 1 : 0, 16);
  callNumber++;
  return maySimplyRun(name, first + 1, mayBeOption);
}

function maySimplyRun(name: i64, from: u32, mayBeOption: bool): bool {
  if (size(name) == 0 || (size(name) == 2 && load<u16>(start(name)) == 0x2e2e)) return false;
  const opaque = (slot(SLOT_COMMAND) as usize) + 16;
  let entry = opaque + 8;
  for (let rest = load<u32>(opaque); rest > 0; rest--, entry += 8) if (sameText(load<i64>(entry), name)) return false;
  let rules = load<u32>(entry);
  for (entry += 8; rules > 0; rules--, entry += 16) {
    if (!sameText(load<i64>(entry), name)) continue;
    if (mayBeOption) return false;
    const args = marked(from);
    const only = load<u32>(entry, 8) as usize;
    const never = load<u32>(entry, 12) as usize;
    return (only == 0 || occurs(only, args)) && (never == 0 || !occurs(never, args));
  }
  return true;
}

/** The arguments, each behind a mark that no word contains. */
function marked(from: u32): i64 {
  let bytes: u32 = 0;
  for (let index = from; index < wordNumber; index++) bytes += size(load<i64>(words + (index << 3))) + 1;
  const to = alloc(bytes + 8);
  let out = to;
  for (let index = from; index < wordNumber; index++) {
    const word = load<i64>(words + (index << 3));
    store<u8>(out++, 0x1f);
    copy(out, start(word), size(word));
    out += size(word);
  }
  return text(to, bytes);
}

/** Reads the line; what it finds out stays until the next one is read. */
function readLine(command: i64): bool {
  const given = load<i64>(command as usize);
  if (given == known) return isPlain;
  line = given;
  length = size(given);
  at = 0;
  known = given;
  callNumber = wordNumber = readNumber = writeNumber = 0;
  words = alloc(MAX_WORDS * 8 + 8);
  reads = alloc(MAX_WORDS * 8);
  writes = alloc(MAX_WORDS * 8);
  calls = alloc(MAX_CALLS * 24);
  isPlain = takeLine() && wordNumber + readNumber + writeNumber <= MAX_WORDS;
  return isPlain;
}

/** A letter for each token: M command, A `&&` or `||`, P `|`, S `;`, N line feed, B blank, C comment. */
function takeLine(): bool {
  const shape = alloc(length + 8);
  let out = shape;
  pipes = false;
  while (at < length) {
    const byte = here();
    let letter: u32 = 0;
    if (isProgramCharacter(byte) || byte == 0x5b) {
      if (!takeCall()) return false;
      letter = 0x4d;
    } else if (byte == 0x20 || byte == 0x09) {
      skipBlank();
      letter = 0x42;
    } else if (byte == 0x23) {
      while (at < length && here() != 0x0a && !isControl(here())) at++;
      letter = 0x43;
    } else {
      at++;
      if (byte == 0x3b) letter = 0x53;
      else if (byte == 0x0a) letter = 0x4e;
      else if ((byte == 0x26 || byte == 0x7c) && here() == byte) {
        at++;
        letter = 0x41;
      } else if (byte == 0x7c) {
        letter = 0x50;
        pipes = true;
      } else return false;
    }
    store<u8>(out++, letter as u8);
  }
  return occurs(pattern(SHAPE), text(shape, (out - shape) as u32));
}

/** Texts of `number` values. */
function listOf(from: usize, number: u32): i64 {
  const list = newList(number);
  for (let index: u32 = 0; index < number; index++) store<i64>(list + 8 + (index << 3), load<i64>(from + (index << 3)));
  return list as i64;
}

export function pt_command_plain(command: i64): i64 {
  return readLine(command) ? 1 : 0;
}
export function pt_command_programs(command: i64): i64 {
  if (!readLine(command)) return ABSENT;
  const list = newList(callNumber);
  for (let index: u32 = 0; index < callNumber; index++) {
    const first = load<u32>(calls + (index as usize) * 24, 8);
    store<i64>(list + 8 + (index << 3), load<i64>(words + (first << 3)));
  }
  return list as i64;
}
export function pt_command_names(command: i64): i64 {
  if (!readLine(command)) return ABSENT;
  const list = newList(callNumber);
  for (let index: u32 = 0; index < callNumber; index++) {
    store<i64>(list + 8 + (index << 3), load<i64>(calls + (index as usize) * 24));
  }
  return list as i64;
}
/** Records of program, name, args, literal. */
export function pt_command_calls(command: i64): i64 {
  if (!readLine(command)) return ABSENT;
  const list = newList(callNumber);
  for (let index: u32 = 0; index < callNumber; index++) {
    const call = calls + (index as usize) * 24;
    const first = load<u32>(call, 8);
    const record = alloc(32);
    store<i64>(record, load<i64>(words + (first << 3)));
    store<i64>(record, load<i64>(call), 8);
    store<i64>(record, listOf(words + ((first + 1) << 3), load<u32>(call, 12) - 1), 16);
    store<i64>(record, load<u32>(call, 16), 24);
    store<i64>(list + 8 + (index << 3), record as i64);
  }
  return list as i64;
}
export function pt_command_words(command: i64): i64 {
  if (!readLine(command)) return ABSENT;
  const list = newList(wordNumber + readNumber + writeNumber);
  let place = list + 8;
  for (let index: u32 = 0; index < wordNumber; index++, place += 8) store<i64>(place, load<i64>(words + (index << 3)));
  for (let index: u32 = 0; index < readNumber; index++, place += 8) store<i64>(place, load<i64>(reads + (index << 3)));
  for (let index: u32 = 0; index < writeNumber; index++, place += 8) store<i64>(place, load<i64>(writes + (index << 3)));
  return list as i64;
}
export function pt_command_reads(command: i64): i64 {
  return readLine(command) ? listOf(reads, readNumber) : ABSENT;
}
export function pt_command_writes(command: i64): i64 {
  return readLine(command) ? listOf(writes, writeNumber) : ABSENT;
}
export function pt_command_pipes(command: i64): i64 {
  return readLine(command) ? (pipes ? 1 : 0) : ABSENT;
}
