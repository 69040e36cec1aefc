import { HEAD } from './modelBuilder.js';
import { tinyModel } from './architectures.js';
import { u32, type GgufSpec, type MetadataValue } from './writer.js';

/** Models of which llama.cpp asserts what is not so: they end the process that runs them. */
export const ENDING_MODELS: readonly {
  readonly when: string;
  readonly spec: () => GgufSpec;
  /** What llama.cpp says as it ends. */
  readonly says: RegExp;
}[] = [
  {
    when: 'while it loads',
    spec: () => changed(tinyModel('llama'), 'llama.block_count', u32(0)),
    says: /GGML_ASSERT/,
  },
  {
    when: 'at its first token',
    // More numbers are to be rotated than a head has. Other architectures look at that earlier.
    spec: () => changed(tinyModel('gemma3'), 'gemma3.rope.dimension_count', u32(2 * HEAD)),
    says: /GGML_ASSERT\(n_dims <= ne0\)/,
  },
];

const changed = (spec: GgufSpec, key: string, value: MetadataValue): GgufSpec => ({
  ...spec,
  metadata: new Map([...spec.metadata, [key, value]]),
});
