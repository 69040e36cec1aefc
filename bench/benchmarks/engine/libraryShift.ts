import type { Token } from 'node-llama-cpp';
import { openBare } from '../../baseline/bareSequence.js';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { ScoredStream } from '../../stream/scoredStream.js';
import { takeTokens } from '../../text/tokens.js';

export interface Cost {
  readonly evaluated: number;
  readonly milliseconds: number;
}

export interface LibraryShift {
  readonly model: 'sink' | 'vanilla';
  readonly capacity: number;
  readonly tokens: number;
  readonly engine: Cost;
  readonly library: Cost;
}

/** Tokens that come at once, an edit's worth. */
const PIECE = 64;

/** The same stream through our window and through node-llama-cpp's own context shift, piece by piece by turns. */
export async function measureLibraryShift(settings: Settings, twin: 'sink' | 'vanilla'): Promise<LibraryShift> {
  const capacity = settings.quick ? 256 : 1024;
  const count = settings.tokens ?? (settings.quick ? 768 : 8192);
  const path = settings.models[twin];
  const model = await openModel(path, { capacity });
  const bare = await openBare(path, capacity);
  const { bos } = model.vocabulary;
  const text = await takeTokens(settings.root, model.vocabulary, count, { perPackage: 0 });
  const tokens = [...(bos === undefined ? [] : [bos]), ...text];
  const stage = settings.progress.stage(`${twin}: against the library's own shift`, tokens.length);

  const sinks = model.facts.endless?.sink === 'trained' ? 1 : 4;
  const stream = await ScoredStream.open(model.sequence, { policy: 'sink', sinks, capacity, block: PIECE });
  const evaluatedBefore = model.sequence.counters.evaluated;
  let engineTime = 0;
  let libraryTime = 0;
  for (let at = 0; at < tokens.length; at += PIECE) {
    const piece = tokens.slice(at, at + PIECE);
    const start = performance.now();
    await stream.feed(
      piece,
      piece.map(() => undefined),
    );
    const between = performance.now();
    await bare.sequence.evaluateWithoutGeneratingNewTokens(piece as Token[]);
    engineTime += between - start;
    libraryTime += performance.now() - between;
    stage.advance(piece.length);
  }
  return {
    model: twin,
    capacity,
    tokens: tokens.length,
    engine: { evaluated: model.sequence.counters.evaluated - evaluatedBefore, milliseconds: engineTime },
    library: { evaluated: bare.probe.tokens, milliseconds: libraryTime },
  };
}
