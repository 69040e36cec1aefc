import { Grammars } from '../../../training/corpus/grammars.js';

/** The native tree-sitter is an optional dependency: there is no ready-made one for every platform. */
export const grammars = loadGrammars();

function loadGrammars(): Grammars | undefined {
  try {
    return new Grammars();
  } catch {
    return undefined;
  }
}
