import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawCharts } from '../plot/chart.js';
import type { Benchmark, Comparison, Device, Report, Table } from './benchmark.js';
import { readMachine, readModelFile, type Machine, type ModelFile } from './machine.js';

/** bench/results/NAME.json */
export interface Result {
  readonly name: string;
  readonly question: string;
  /** How to get it again. */
  readonly command: string;
  readonly at: string;
  readonly seconds: number;
  /** Of the processor, for this process alone. */
  readonly cpuSeconds: number;
  readonly device: Device;
  readonly quick: boolean;
  readonly seed: number;
  /** Cores that other processes kept busy, on average over the run. */
  readonly otherLoad: number;
  readonly machine: Machine;
  readonly models: readonly ModelFile[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

export interface RunFacts {
  readonly root: string;
  readonly folder: string;
  readonly command: string;
  readonly at: Date;
  readonly seconds: number;
  /** Of the processor, for this process alone. */
  readonly cpuSeconds: number;
  readonly device: Device;
  readonly quick: boolean;
  readonly seed: number;
  readonly otherLoad: number;
}

/** Writes NAME.json, NAME.md and, where there is something to draw, NAME.svg. */
export async function writeResult(benchmark: Benchmark, report: Report, facts: RunFacts): Promise<Result> {
  const { name, question } = benchmark;
  const { root, folder, ...rest } = facts;
  const result: Result = {
    name,
    question,
    ...rest,
    at: facts.at.toISOString(),
    machine: await readMachine(root),
    models: await Promise.all(report.models.map(readModelFile)),
    comparisons: report.comparisons,
    notes: report.notes,
    figures: report.figures,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(result, rounded, 1)}\n`);
  await writeFile(join(folder, `${name}.md`), page(result, report.tables, report.charts.length > 0));
  if (report.charts.length > 0) await writeFile(join(folder, `${name}.svg`), drawCharts(report.charts));
  return result;
}

export async function readResult(folder: string, name: string): Promise<Result | undefined> {
  const text = await readFile(join(folder, `${name}.json`), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Result);
}

/** Six digits say all that was measured, and keep the files small. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;

function page(result: Result, tables: readonly Table[], drawn: boolean): string {
  const { machine } = result;
  return [
    `# ${result.name}`,
    '',
    result.question,
    '',
    ...(result.quick ? ['**A quick run, to see that it works: these figures are no results.**', ''] : []),
    ...comparisonTable(result.comparisons),
    ...(drawn ? [`![${result.name}](${result.name}.svg)`, ''] : []),
    ...tables.flatMap((table) => [`## ${table.title}`, '', ...markdownTable(table.head, table.rows), '']),
    ...(result.notes.length > 0 ? ['## Notes', '', ...result.notes.map((note) => `- ${note}`), ''] : []),
    '## How it was measured',
    '',
    `- \`${result.command}\`, seed ${result.seed}, ${result.at.slice(0, 10)}, ${result.seconds.toFixed(0)} s, ${result.cpuSeconds.toFixed(0)} s of the processor`,
    `- ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.architecture}; ${deviceText(result.device)}; other load ${result.otherLoad.toFixed(1)}`,
    `- Node ${machine.node}, node-llama-cpp ${machine.nodeLlamaCpp}`,
    ...result.models.map((model) => `- \`${model.file}\`, ${model.bytes} bytes, SHA-256 \`${model.sha256}\``),
    '',
  ].join('\n');
}

function deviceText({ gpu, threads }: Device): string {
  const on = gpu === 'off' ? 'no GPU' : `GPU: ${gpu}`;
  return `${threads === 1 ? 'one thread' : `${threads === 0 ? 'the useful number of' : threads} threads`}, ${on}`;
}

export function comparisonTable(comparisons: readonly Comparison[]): string[] {
  if (comparisons.length === 0) return [];
  return [
    ...markdownTable(
      ['claim', 'expected', 'measured', 'remark'],
      comparisons.map(({ claim, expected, here, remark }) => [claim, expected, here, remark ?? '']),
    ),
    '',
  ];
}

export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
];
