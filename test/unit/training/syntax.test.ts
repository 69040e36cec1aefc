import { describe, expect, test } from 'vitest';
import { readSyntax, type Syntax } from '../../../training/corpus/syntax.js';
import type { CodeSymbol } from '../../../training/corpus/symbols.js';
import { grammars } from './testGrammars.js';

function read(text: string, path = 'src/a.ts'): Syntax {
  if (!grammars) throw new Error('not run without it');
  return readSyntax(grammars, path, text);
}

const symbolOf = (text: string, path?: string): CodeSymbol | undefined => read(text, path).symbols[0];
const namesOf = (text: string, path?: string): readonly string[] => read(text, path).symbols.map(({ name }) => name);

/** The middles, cut as Python cuts them: by code points. */
function middlesOf(text: string): readonly string[] {
  const points = Array.from(text);
  return read(text).cuts.map(([start, end]) => points.slice(start, end).join(''));
}

describe.skipIf(grammars === undefined)('symbols', () => {
  test('of every kind, in the order of the text', () => {
    const text = `export interface Job {
  run(): void;
}

/** Runs jobs one after another. */
@Service()
export abstract class Queue extends Base<Job> {
\tconstructor(private first: Job) {}
\tasync push(job: Job, later = false): Promise<void> {
\t\tconst finish = () => {};
\t\tfunction inner() {}
\t}
\t#done() { return 1; }
\tabstract stop(): void;
}

export const clamp = (value: number, high: number): number => Math.min(high, value);
const single = value => value,
  second = () => 1;
export default async function* walk<T>(
  from: T,
) {
}
const kept = function (names: string[]) {
};
`;
    expect(read(text).symbols).toEqual([
      symbol('interface', 'Job', 0, 3, 0, 'export interface Job'),
      symbol(
        'class',
        'Queue',
        6,
        15,
        0,
        'export abstract class Queue extends Base<Job>',
        '',
        'Runs jobs one after another.',
      ),
      symbol(
        'method',
        'push',
        8,
        12,
        4,
        'async push(job: Job, later = false): Promise<void>',
        'job: Job, later = false',
      ),
      symbol('function', 'finish', 9, 10, 8, 'const finish = ()'),
      symbol('function', 'inner', 10, 11, 8, 'function inner()'),
      symbol('method', '#done', 12, 13, 4, '#done()'),
      symbol(
        'function',
        'clamp',
        16,
        17,
        0,
        'export const clamp = (value: number, high: number): number',
        'value: number, high: number',
      ),
      symbol('function', 'single', 17, 19, 0, 'const single = value', 'value'),
      symbol('function', 'walk', 19, 23, 0, 'export default async function* walk<T>('),
      symbol('function', 'kept', 23, 25, 0, 'const kept = function (names: string[])', 'names: string[]'),
    ]);
  });

  test('of JavaScript with JSX', () => {
    const text = 'export function Card({ title }) {\n  return <b>{title}</b>;\n}\n';
    expect(symbolOf(text, 'lib/card.js')?.parameters).toBe('{ title }');
    expect(read(text, 'lib/card.js').unread).toBe(0);
  });

  test('one a line, and none of two letters or on a very long line', () => {
    expect(namesOf('class One { two() {} }\nfunction ab() {}\n')).toEqual(['One']);
    expect(namesOf(`function far(${'a'.repeat(160)}) {}\nfunction near() {}\n`)).toEqual(['near']);
  });

  test('an overload is told once, by its body', () => {
    const text = 'function over(a: string): void;\nfunction over(a: number): void;\nfunction over(a: unknown) {}\n';
    expect(read(text).symbols.map(({ line }) => line)).toEqual([2]);
  });

  test('a text longer than 32 kB', () => {
    const text = 'let counted = 1;\n'.repeat(4000) + 'function last() {}\n';
    expect(symbolOf(text)).toMatchObject({ name: 'last', line: 4000 });
  });
});

describe.skipIf(grammars === undefined)('doc comments', () => {
  const docOf = (comment: string): string | undefined => symbolOf(`${comment}\nexport function run() {}\n`)?.doc;

  test('give their first sentence', () => {
    expect(docOf('/** Runs what waits. Then it rests. */')).toBe('Runs what waits.');
    expect(docOf('/**\n * Runs what waits,\n * in order.\n * @param job first\n */')).toBe(
      'Runs what waits, in order.',
    );
    expect(docOf('/**\n * Returns the jobs @internal\n */')).toBe('Returns the jobs');
  });

  test('that say too little, too much or no prose give none', () => {
    for (const text of [
      'Runs it.',
      'runs what waits in order.',
      'See {@link Job} for more.',
      `Runs ${'so '.repeat(40)}long.`,
    ])
      expect(docOf(`/** ${text} */`)).toBe('');
    expect(docOf('/* Runs what waits. */')).toBe('');
    expect(docOf('// Runs what waits.')).toBe('');
    expect(docOf('/** Runs what waits. */\n')).toBe('');
  });

  test('stand above the decorators of a method too', () => {
    const text = 'class Jobs {\n  /** Runs what waits. */\n  @Get()\n  @Post()\n  run() {}\n}\n';
    expect(read(text).symbols.at(-1)).toMatchObject({ name: 'run', line: 4, doc: 'Runs what waits.' });
  });
});

test.skipIf(grammars === undefined)('imports of one line, without their semicolon', () => {
  const text = "import { a } from './a';\nimport b from \"b\"\nimport './c';\nimport {\n  d,\n} from 'd';\n";
  expect(read(text).imports).toEqual(["import { a } from './a'", 'import b from "b"']);
});

describe.skipIf(grammars === undefined)('cuts', () => {
  test('are statements, blocks, arguments and values', () => {
    const text =
      "function run(job) {\n  let done = job.start(1, 'two');\n  total = done + 1;\n  return total * 2;\n}\n";
    expect(middlesOf(text)).toEqual([
      "\n  let done = job.start(1, 'two');\n  total = done + 1;\n  return total * 2;",
      "let done = job.start(1, 'two');",
      "job.start(1, 'two')",
      "1, 'two'",
      'total = done + 1;',
      'done + 1',
      'return total * 2;',
      'total * 2',
    ]);
  });

  test('count code points, as Python does', () => {
    expect(middlesOf("say('🌱🌱');\nlet plant = '🌱 ü' + name;\nlet other = plant.size;\n")).toEqual([
      "say('🌱🌱');",
      "'🌱🌱'",
      "let plant = '🌱 ü' + name;",
      "'🌱 ü' + name",
      'let other = plant.size;',
      'plant.size',
    ]);
  });

  test('are at most 40 in a file, spread over it, and no longer than 400 characters', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `if (a${i}) {\n  let b${i} = call(first, ${i});\n}\n`);
    const text = `function long() {\n${lines.join('')}}\n`;
    const { cuts } = read(text);
    expect(cuts).toHaveLength(40);
    expect(cuts.every(([start, end]) => end - start >= 4 && end - start <= 400)).toBe(true);
    for (let quarter = 0; quarter < 4; quarter++) {
      const inside = cuts.filter(([start]) => Math.floor((4 * start) / text.length) === quarter);
      expect(inside.length).toBeGreaterThan(7);
    }
  });
});

test.skipIf(grammars === undefined)('how much the grammar could not read', () => {
  expect(read('let a = 1;\n').unread).toBe(0);
  expect(read('%% not at all %% ( code ] at %% all\n').unread).toBeGreaterThan(0.5);
});

function symbol(
  kind: CodeSymbol['kind'],
  name: string,
  line: number,
  end: number,
  indent: number,
  signature: string,
  parameters = '',
  doc = '',
): CodeSymbol {
  return { kind, name, line, end, indent, signature, parameters, doc };
}
