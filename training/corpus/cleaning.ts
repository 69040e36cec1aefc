/** What is taken off a file, and which files are left out. */

const LICENCE_HEADER = new RegExp(
  String.raw`^\s*(?:/\*(?:[^*]|\*(?!/))*?(?:licen[cs]e|copyright|\(c\))(?:[^*]|\*(?!/))*?\*/` +
    String.raw`|(?://[^\n]*\n)*?//[^\n]*(?:licen[cs]e|copyright|\(c\))[^\n]*\n(?://[^\n]*\n)*)`,
  'i',
);
const HEADERS = 3;
const WITHIN = 8000;
const SOURCE_MAP = /^\s*\/\/[#@] sourceMappingURL=.*$/gm;
const GENERATED = /@generated|auto-?generated|this file (?:is|was) (?:automatically )?generated|do not edit/i;

/** Licence header, source-map comment and trailing blanks removed; LF line ends. */
export function clean(raw: string): string {
  let text = raw
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/^\ufeff+/, '');
  for (let i = 0; i < HEADERS; i++) text = text.slice(0, WITHIN).replace(LICENCE_HEADER, '') + text.slice(WITHIN);
  return `${text
    .replace(SOURCE_MAP, '')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** False for minified, generated, data-like or very short files. */
export function isRealSource(text: string): boolean {
  const lines = text.split('\n');
  if (text.length < 200 || lines.length < 8 || GENERATED.test(text.slice(0, 1500))) return false;
  if (lines.some((line) => line.length > 600) || text.length / lines.length > 90) return false;
  return shareOfLetters(text.slice(0, 20_000)) > 0.6 && !text.includes('\ufffd');
}

function shareOfLetters(text: string): number {
  return (text.match(/[\p{L} \n]/gu)?.length ?? 0) / text.length;
}
