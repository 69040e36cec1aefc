/** The keys under `<architecture>.rope`, as far as the attention factor depends on them. */
export interface RopeScaling {
  readonly architecture: string;
  /** `rope.scaling.type`. */
  readonly type: string | undefined;
  /** `rope.scaling.factor`, or the older `rope.scale_linear`; 0 where there is none. */
  readonly factor: number;
  /** `rope.scaling.attn_factor`, which counts whatever the type is: LongRoPE has no other trace in the header. */
  readonly attentionFactor: number | undefined;
  /** `rope.scaling.yarn_log_multiplier`. */
  readonly logMultiplier: number;
}

/** Read yarn_log_multiplier (load_arch_hparams in src/models). */
const WITH_LOG_MULTIPLIER = ['deepseek2', 'deepseek32', 'mistral3'];
/** Of these, the ones that take it times ten ("cancel the factor from the convert script"). */
const LOG_MULTIPLIER_IN_TENTHS = ['deepseek2', 'deepseek32'];

/**
 * By what llama.cpp multiplies a key at every rotation: once when the token enters and again at each shift, so anything
 * but 1 ruins a cache that is shifted often. As llama_context computes `yarn_attn_factor`, together with what rope_yarn
 * (ggml-cpu/ops.cpp) multiplies once more: the part that the one cancels of the other is left out here.
 */
export function attentionFactor(scaling: RopeScaling): number {
  const given = scaling.attentionFactor ?? 1;
  if (scaling.type !== 'yarn' || scaling.factor <= 0) return given;
  return yarnFactor(scaling) * given;
}

function yarnFactor({ architecture, factor, logMultiplier }: RopeScaling): number {
  if (logMultiplier === 0 || !WITH_LOG_MULTIPLIER.includes(architecture)) return magnitude(factor, 1);
  const all = LOG_MULTIPLIER_IN_TENTHS.includes(architecture) ? logMultiplier * 10 : logMultiplier;
  const own = architecture === 'deepseek2' && all !== 1 ? all : 1;
  return magnitude(factor, own) / magnitude(factor, all);
}

/** get_mscale in llama_context. */
const magnitude = (factor: number, scale: number): number => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
