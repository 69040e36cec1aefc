// Takes the place of @vscode/spdlog, which exists only as C++ to be compiled on the spot. Without it VS Code writes no
// logs, and the log of an extension stays blank. Never part of the extension.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
const SHOWN = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const OFF = LEVELS.length;

class Logger {
  #file;
  #descriptor;
  #room;
  #limit;
  #level = 0;
  #plain = false;

  constructor(_type, _name, file, limit) {
    this.#file = file;
    this.#limit = limit;
    this.#open();
  }

  #open() {
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    this.#descriptor = fs.openSync(this.#file, 'a');
    this.#room = this.#limit - fs.fstatSync(this.#descriptor).size;
  }

  #write(level, message) {
    if (level < this.#level || this.#descriptor === undefined) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = Buffer.from(this.#plain ? message : `${stamp} [${SHOWN[level]}] ${message}\n`);
    if (line.length > this.#room) this.#rotate();
    this.#room -= line.length;
    fs.writeSync(this.#descriptor, line);
  }

  /** One older file is kept. */
  #rotate() {
    fs.closeSync(this.#descriptor);
    const { dir, name, ext } = path.parse(this.#file);
    fs.renameSync(this.#file, path.join(dir, `${name}.1${ext}`));
    this.#open();
  }

  static {
    LEVELS.forEach((name, level) => {
      this.prototype[name] = function (message) {
        this.#write(level, message);
      };
    });
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = Math.min(level, OFF);
  }
  setPattern() {
    this.#plain = false;
  }
  clearFormatters() {
    this.#plain = true;
  }
  flush() {}
  drop() {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

const create = async (name, file, limit) => new Logger('rotating', name, file, limit);

// One by one: an `import` of this file sees only names that are assigned like this.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
