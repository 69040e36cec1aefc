import * as l10n from '@vscode/l10n';
import { modelLoadFailed } from '../errors.js';
import { DurableNote } from './durableNote.js';

/** Ends of the process while one model was loading, that are taken for bad luck: a kill, a power cut. */
const BAD_LUCK = 1;

interface Deaths {
  readonly deaths: number;
}

const isDeaths = (value: unknown): value is Deaths =>
  typeof value === 'object' && value !== null && 'deaths' in value && typeof value.deaths === 'number';

/**
 * Runs `load`. llama.cpp asserts much of what a header says, so a broken model can end the process, and its supervisor
 * would start it over and over. A model that did so twice in a row is refused once, so that the person can choose.
 *
 * @param load until the first token is evaluated: what is asserted there would end every start to come.
 *
 * @throws EngineError `modelLoadFailed`.
 */
export async function guardLoading<T>(folder: string | undefined, path: string, load: () => Promise<T>): Promise<T> {
  if (folder === undefined) return load();
  const note = new DurableNote(folder, ['loading', path], isDeaths);
  const deaths = note.read()?.deaths ?? 0;
  if (deaths > BAD_LUCK) {
    note.forget();
    throw modelLoadFailed(path, l10n.t('loading it ended the engine {0} times', deaths));
  }
  await note.write({ deaths: deaths + 1 });
  try {
    return await note.during(load);
  } finally {
    note.forget();
  }
}
