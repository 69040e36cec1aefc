import type { Chart } from '../plot/chart.js';
import type { GpuChoice } from '../../inference/llama/runtime.js';
import type { Parts } from './parts.js';
import type { Progress } from './progress.js';

/** How a benchmark is to be run. */
export interface Settings {
  /** Small enough for CI; its figures are no results. */
  readonly quick: boolean;
  /** Go on where a stopped run left off. */
  readonly resume: boolean;
  /** Tokens of the stream, where the benchmark has one and the person wants another length. */
  readonly tokens?: number;
  readonly seed: number;
  readonly models: ModelFiles;
  /** The shape of the model that is made up for `latency`, by its name. */
  readonly shape?: string;
  /** For `latency`: everything else runs on one thread without a GPU. */
  readonly device: Device;
  /** The clone. */
  readonly root: string;
  /** Folder for what is only needed to resume. */
  readonly scratch: string;
  readonly progress: Progress;
  /** What is done already; a long benchmark measures its parts through it. */
  readonly parts: Parts;
}

export interface Device {
  readonly gpu: GpuChoice;
  readonly threads: number;
}

/** The benchmark cannot be run here; the message says why, and what to do. */
export class UnableError extends Error {
  override readonly name = 'UnableError';
}

/** Paths of the two built-in models. */
export interface ModelFiles {
  readonly sink: string;
  readonly vanilla: string;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One line of bench/README.md: what is claimed, and what came out. */
export interface Comparison {
  readonly claim: string;
  /** The paper's figure, or the bound that this project sets itself. */
  readonly expected: string;
  readonly here: string;
  /** Where it falls short: why. */
  readonly remark?: string;
}

export interface Report {
  /** Every figure, as plain data. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
  readonly comparisons: readonly Comparison[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
  /** Model files that were used. */
  readonly models: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  /** What it asks, in a sentence. */
  readonly question: string;
  /** Whether what else the machine does changes its figures. */
  readonly timed: boolean;
  /** Whether other weights in a model of the same layout change what it claims: ratios of times do not depend on them. */
  readonly weightsMatter: boolean;
  /** Of the processor, about: on one core of the machine that the results are from. */
  readonly minutes: number;
  run(settings: Settings): Promise<Report>;
}
