import type { Benchmark, Comparison, Report, Settings, Table } from '../harness/benchmark.js';
import { figure } from '../harness/format.js';
import type { Chart } from '../plot/chart.js';
import { runEdits, type Answers, type EditArm } from './streameval/edits.js';
import { runRegisters } from './streameval/registers.js';

interface Measured {
  readonly name: string;
  readonly form: 'edits' | 'registers';
  readonly answers: readonly Answers[];
}

export const streameval: Benchmark = {
  name: 'streameval',
  question:
    'Does the model answer from what is in its window, at every distance up to the edge, and from nothing beyond; and does recall bring back what is beyond?',
  timed: false,
  async run(settings) {
    const measured: Measured[] = [];
    const distances = settings.quick ? [1, 12] : [1, 5, 10, 15, 20, 25, 30, 40, 60];
    const perDistance = settings.quick ? 2 : 24;
    for (const arm of editArms(settings))
      measured.push({ name: arm.name, form: 'edits', answers: await runEdits(settings, arm, distances, perDistance) });
    const lines = settings.quick ? [1, 12] : [5, 10, 20, 30, 40, 60];
    for (const capacity of settings.quick ? [256] : [512, 1024])
      measured.push({
        name: `sink, cache ${capacity}`,
        form: 'registers',
        answers: await runRegisters(settings, capacity, lines, perDistance),
      });
    return report(settings, measured);
  },
};

function editArms({ quick }: Settings): EditArm[] {
  if (quick) return [{ name: 'sink, cache 256, recall', policy: 'sink', capacity: 256, recall: true }];
  return [
    { name: 'sink, cache 512', policy: 'sink', capacity: 512, recall: false },
    { name: 'sink, cache 1024', policy: 'sink', capacity: 1024, recall: false },
    { name: 'sink, cache 1024, recall', policy: 'sink', capacity: 1024, recall: true },
    { name: 'window, cache 1024', policy: 'window', capacity: 1024, recall: false },
  ];
}

const share = ({ right, asked }: Answers): number => (100 * right) / Math.max(1, asked);

function report(settings: Settings, measured: readonly Measured[]): Report {
  const forms = ['edits', 'registers'] as const;
  return {
    figures: { measured },
    tables: measured.map(tableOf),
    charts: forms.map((form) =>
      chartOf(
        form,
        measured.filter((arm) => arm.form === form),
      ),
    ),
    comparisons: compare(measured),
    notes: [
      'Edits: each sets a constant of a new name in a file; after every third one comes the question "What is the value of X in FILE?" about the one so many edits back. Right: the first number of the reply is the value.',
      "Registers: the text of the paper's StreamEval, fed as plain text, a query after every ten lines. The built-in models were trained on edits and questions about them, but on no such text.",
      'Question and answer stay in the stream. Greedy. What the stream says is drawn with the seed.',
      'Distances in tokens count what lies between, questions and answers included.',
      'Recall: the name is searched in the journal, and the event that is found comes back as a new one at the tail, before the question.',
    ],
    models: [settings.models.sink],
  };
}

const tableOf = ({ name, form, answers }: Measured): Table => ({
  title: `${form}: ${name}`,
  head: [form === 'edits' ? 'edits back' : 'lines back', 'tokens back', 'in the window', 'exact match', 'asked'],
  rows: answers.map((row) => [
    String(row.distance),
    figure(row.tokens),
    `${figure((100 * row.inWindow) / Math.max(1, row.asked))} %`,
    `${figure(share(row))} %`,
    String(row.asked),
  ]),
});

const chartOf = (form: string, arms: readonly Measured[]): Chart => ({
  title: `Exact match against distance, ${form}`,
  x: { label: 'tokens back' },
  y: { label: '%' },
  series: arms.map(({ name, answers }) => ({ name, points: answers.map((row) => [row.tokens, share(row)]) })),
});

function compare(measured: readonly Measured[]): Comparison[] {
  return measured.map(({ name, form, answers }) => {
    const within = total(answers.filter((row) => row.inWindow === row.asked));
    const beyond = total(answers.filter((row) => row.inWindow === 0));
    const recalled = name.includes('recall');
    return {
      claim: `${form}, ${name}: exact match within the window, and beyond it`,
      expected: recalled
        ? 'above 0 beyond, by recall (the paper has none)'
        : '75 to 86 % within (4+2044, up to 80 lines), 0 beyond (Llama-2-7B-32K-Instruct, Table 7)',
      here: `${within} within, ${beyond} beyond`,
      ...(form === 'registers'
        ? { remark: 'A model of a few million parameters that was trained on nothing like these lines cannot do more.' }
        : {}),
    };
  });
}

function total(rows: readonly Answers[]): string {
  const asked = rows.reduce((sum, row) => sum + row.asked, 0);
  const right = rows.reduce((sum, row) => sum + row.right, 0);
  return asked === 0 ? 'nothing asked' : `${figure((100 * right) / asked)} % of ${asked}`;
}
