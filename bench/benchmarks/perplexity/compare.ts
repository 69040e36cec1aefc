import type { Comparison } from '../../harness/benchmark.js';
import { figure, times } from '../../harness/format.js';
import { BLOCK, type Measured } from './measure.js';
import { pairedRatio } from './paired.js';

export function compare(measured: Measured): Comparison[] {
  const { twin, plan, natural, policies, sizes, positions } = measured;
  const at = (sinks: number): number => policies[`${sinks}+${plan.capacity - sinks}`]?.perplexity ?? Number.NaN;
  const best = at(natural);
  const againstRecompute = pairedRatio(
    policies[`${natural}+${plan.capacity - natural}`],
    policies['recompute'],
    plan.capacity,
  );
  const collapse = at(0) / best;
  const rows: Comparison[] = [
    {
      claim: `${twin} model: window without sinks, against ${natural} sink${natural > 1 ? 's' : ''}`,
      expected:
        twin === 'vanilla'
          ? 'collapses: 5158 against 5.40 (Llama-2-13B, Table 1); 27.87 against 18.05 (160M, Table 3)'
          : 'collapses: 1235 against 18.01 (160M with a sink token, Table 3)',
      here: `${figure(at(0), 4)} against ${figure(best, 4)} (${times(collapse)}), ${(policies['0+' + String(plan.capacity)]?.positions ?? 0).toLocaleString('en-GB')} positions`,
      ...(collapse < 1.2
        ? { remark: 'Hardly any collapse: a model this small, trained this briefly, leans little on its first tokens.' }
        : twin === 'sink'
          ? {
              remark:
                'The sink was trained in with an auxiliary loss (training/README.md), so how far it collapses is a matter of that recipe.',
            }
          : {}),
    },
    {
      claim: `${twin} model: ${natural} sink${natural > 1 ? 's' : ''}, against re-computation`,
      expected: '0.994 × (5.40 against 5.43, Fig. 1)',
      here: `${times(againstRecompute)} on the same ${policies['recompute']?.positions ?? 0} positions`,
    },
    {
      claim: `${twin} model: 1, 2, 4 and 8 sinks`,
      expected:
        twin === 'vanilla' ? '18.49, 18.05, 18.05 (1, 2, 4; Table 3)' : '18.01, 18.01, 18.02 (1, 2, 4; Table 3)',
      here: [1, 2, 4, 8].map((sinks) => figure(at(sinks), 4)).join(', '),
      ...(twin === 'vanilla' && at(1) / at(4) < 1.005
        ? { remark: 'One initial token does as much as four here; the paper saw a gain of 2 % up to two.' }
        : {}),
    },
    {
      claim: `${twin} model: positions in the cache, against original positions`,
      expected: 'in the cache (section 3.2); no figures for the other',
      here: `${figure(positions['cache']?.perplexity ?? Number.NaN, 4)} against ${figure(positions['original']?.perplexity ?? Number.NaN, 4)}`,
    },
  ];
  return [
    ...rows,
    ...denseRow(measured),
    ...(Object.keys(sizes).length > 1
      ? [
          {
            claim: `${twin} model: cache of ${Object.keys(sizes).join(', ')}`,
            expected: '9.73, 9.32, 9.08, 9.59 (512 to 4096, Llama-2-7B, Table 6): larger is not always better',
            here: Object.values(sizes)
              .map((arm) => figure(arm.perplexity, 4))
              .join(', '),
          },
        ]
      : []),
    ...blockRows(measured),
  ];
}

/** Dense attention past the trained length, over the positions that it reaches. */
function denseRow({ twin, plan, natural, policies }: Measured): Comparison[] {
  const dense = policies['dense'];
  const own = policies[`${natural}+${plan.capacity - natural}`];
  if (dense === undefined || own === undefined) return [];
  return [
    {
      claim: `${twin} model: dense attention at 2 to 4 times the trained length, over ${natural} sink${natural > 1 ? 's' : ''}`,
      expected: 'fails: 5641 against 5.40 at 16 times the trained length (Llama-2-13B, Fig. 1)',
      here: `${figure(dense.perplexity, 4)} (${times(pairedRatio(own, dense, plan.capacity))} on the same positions)`,
    },
  ];
}

/** What blocks cost, and which part of it is the rounding of keys that are rotated again. */
function blockRows({ twin, plan, blocks, matched }: Measured): Comparison[] {
  const sizes = Object.keys(blocks);
  if (sizes.length < 2) return [];
  const list = (text: (block: string) => string): string => sizes.map(text).join(', ');
  const rounding = (block: string): number => pairedRatio(matched[block], blocks[block], plan.capacity);
  const [single, standard] = [matched['1'], matched[String(BLOCK)]];
  return [
    {
      claim: `${twin} model: blocks of ${sizes.join(', ')} tokens`,
      expected: 'the paper evicts single tokens; larger blocks cost what the smaller window does',
      here: list((block) => figure(blocks[block]?.perplexity ?? Number.NaN, 4)),
      ...(single !== undefined && standard !== undefined && single.perplexity > standard.perplexity
        ? {
            remark:
              'Single tokens do no better even without rounding: they keep the window at the very edge of the trained positions all the time.',
          }
        : {}),
    },
    {
      claim: `${twin} model: the same blocks, over the same evictions with keys of 32 bits`,
      expected: '1.00 × for blocks of 16 and more: what is lost is the smaller window, not the rounding of keys',
      here: Object.keys(matched)
        .map((block) => `${times(rounding(block))} (${block})`)
        .join(', '),
      ...(rounding('1') > 1.005
        ? { remark: 'Single tokens rotate and round each key once for every token that leaves after it.' }
        : {}),
    },
  ];
}
