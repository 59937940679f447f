// Stands in for the editor's native logger: appends lines to files.
"use strict";
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const NAMES = ["trace", "debug", "info", "warning", "error", "critical"];
class Logger {
  #file;
  #level = 2;
  #raw = false;
  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    NAMES.forEach((name, level) => {
      this[name === "warning" ? "warn" : name] = (message) => this.#write(level, message);
    });
  }
  #write(level, message) {
    if (level < this.#level) return;
    const line = this.#raw ? String(message) : `${new Date().toISOString()} [${NAMES[level]}] ${message}\n`;
    try {
      appendFileSync(this.#file, line);
    } catch {
      // The folder of the logs is gone: the editor is stopping.
    }
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#raw = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}
const create = async (_name, file) => new Logger(file);
// One by one: the editor imports this file as an ES module, which sees only names exported so.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
