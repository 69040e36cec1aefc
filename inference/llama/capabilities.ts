import * as l10n from '@vscode/l10n';
import {
  HYBRID,
  LEARNED_POSITIONS,
  MULTI_ROPE,
  MULTI_ROPE_BY_SECTIONS,
  PARTLY_ROTARY,
  RECURRENT,
  UNSHIFTABLE,
} from './architectures.js';
import type { GgufFacts } from './ggufFacts.js';

/** What the cache of a model allows. */
export interface Capabilities {
  /** Tokens can leave from the middle and the later ones can be shifted down (llama_memory_seq_add). */
  readonly shift: boolean;
  /** The tail can be taken back, to a mark at least: what a branch needs. */
  readonly rollBack: boolean;
  /** Why something is not possible, for the person to read. Goes on from "…, which is slower: ". */
  readonly reason?: string;
  /** Attention has sink logits of its own, so no token has to be kept as one. */
  readonly learnedSinks: boolean;
}

/** How far an attention factor may be from 1 and still leave the keys as they are after many shifts. */
const FACTOR_TOLERANCE = 1e-6;

/**
 * Decides from the header what is safe to ask of llama.cpp, which aborts rather than throws. What is allowed here is
 * then measured by the probe (probe.ts).
 */
export function capabilitiesOf(facts: GgufFacts): Capabilities {
  const { architecture, learnedSinks } = facts;
  const no = (reason: string): Capabilities => ({ shift: false, rollBack: true, reason, learnedSinks });

  if (RECURRENT.includes(architecture) || HYBRID.includes(architecture))
    return no(l10n.t('{0} keeps a recurrent state, which cannot forget a part of what it read', architecture));
  // llama_kv_cache::seq_add asserts one position for each token, and an assertion ends the process.
  if (MULTI_ROPE.includes(architecture) || (MULTI_ROPE_BY_SECTIONS.includes(architecture) && facts.ropeSections))
    return no(l10n.t('{0} gives several positions to each token (M-RoPE), which llama.cpp cannot shift', architecture));
  if (UNSHIFTABLE.includes(architecture)) return no(l10n.t('llama.cpp cannot shift the cache of {0}', architecture));
  if (LEARNED_POSITIONS.includes(architecture))
    return no(l10n.t('{0} learned a fixed position for each token, which cannot be shifted', architecture));
  if (PARTLY_ROTARY.includes(architecture))
    return no(l10n.t('{0} has layers without rotary positions, and llama.cpp shifts those as well', architecture));
  if (Math.abs(facts.attentionFactor - 1) > FACTOR_TOLERANCE)
    return no(l10n.t('its rotary scaling (YaRN or LongRoPE) would distort the cache a little more at every shift'));
  return { shift: true, rollBack: true, learnedSinks };
}
