import * as l10n from '@vscode/l10n';
import { settingInvalid } from '../errors.js';
import type { GgufFacts } from './ggufFacts.js';

/** Types of the K cache that survive being shifted. */
export type KeyType = 'F16' | 'F32' | 'Q8_0';

const SETTING = 'endless.cache.keyType';

/** Quantised keys are kept rotated by a Hadamard matrix of this size (llama_kv_cache, attn_rot_k). */
const HADAMARD = 64;

/**
 * The type of the K cache that was asked for, by its name in the settings.
 *
 * @throws EngineError `settingInvalid` for types that do not bear shifts, and for 8 bits where the model does not.
 */
export function resolveKeyType(wish: string, facts: Pick<GgufFacts, 'keyLength' | 'name'>): KeyType {
  switch (wish) {
    case 'f16':
      return 'F16';
    // Twice the memory and no rounding to speak of: what the benchmark holds the other types against.
    case 'f32':
      return 'F32';
    case 'q8_0':
      // build_rope_shift rotates quantised keys back without asking whether there is a rotation: it ends the process.
      if (facts.keyLength === 0 || facts.keyLength % HADAMARD !== 0)
        throw settingInvalid(
          SETTING,
          l10n.t(
            'the keys of {0} are not multiples of {1} long, and llama.cpp cannot shift others in 8 bits; use "f16"',
            facts.name,
            HADAMARD,
          ),
        );
      return 'Q8_0';
    case 'bf16':
      throw settingInvalid(SETTING, l10n.t('llama.cpp cannot shift BF16 keys, and ends when it has to; use "f16"'));
    case 'q4_0':
      throw settingInvalid(
        SETTING,
        l10n.t(
          '4 bits are too coarse: every eviction rounds the keys again, and the model drifts; use "f16" or "q8_0"',
        ),
      );
    default:
      throw settingInvalid(SETTING, l10n.t('"{0}" is not a type that it can have; use "f16" or "q8_0"', wish));
  }
}
