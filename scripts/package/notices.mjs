/** The licences of everything in a VSIX that is not ours. */
import { readdir, readFile } from 'node:fs/promises';
import { inRoot } from '../paths.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i;
const RULE = '-'.repeat(80);

/** llama.cpp is compiled into the binaries, whose packages carry no copy of its licence. */
const LLAMA_CPP = {
  title: 'llama.cpp and ggml, inside the binaries of node-llama-cpp (MIT)',
  text: `MIT License

Copyright (c) 2023-2026 The ggml authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

/** @param {readonly string[]} packages folders relative to the clone */
export async function thirdPartyNotices(packages) {
  const notices = await Promise.all(packages.map((folder) => noticeOf(folder)));
  // The same version may lie in several folders.
  const once = new Map([...notices, LLAMA_CPP].map((notice) => [notice.title, notice]));
  const sorted = [...once.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  const body = sorted.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}\n`).join('\n');
  return `Endless contains the following software of others.\n\n${body}`;
}

async function noticeOf(folder) {
  const manifest = JSON.parse(await readFile(inRoot(folder, 'package.json'), 'utf8'));
  const licence = manifest.license?.type ?? manifest.license ?? 'licence not named';
  const files = (await readdir(inRoot(folder))).filter((name) => LICENCE_FILE.test(name));
  const texts = await Promise.all(files.map((name) => readFile(inRoot(folder, name), 'utf8')));
  const author = manifest.author?.name ?? manifest.author ?? 'its authors';
  const terms = texts.map((text) => text.trim()).join('\n\n') || `Licensed under ${licence} by ${author}.`;
  // Creative Commons asks to name the author and to say whether the work was changed: the icons of the panel are not.
  const credit = licence.startsWith('CC-BY') ? `By ${author}, used unchanged.\n\n` : '';
  const text = credit + terms;
  return { title: `${manifest.name} ${manifest.version} (${licence})`, text };
}
