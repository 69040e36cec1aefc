/* The parts of a training step, but for attention (attention.c), that plain PyTorch is slow at on a CPU: add + RMSNorm, SwiGLU, cross-entropy and
 * AdamW. Needs AVX-512 with avx512_bf16 (checked by cpu_supported(), which backend_cpu.py asks before anything else). One thread: run one
 * process a core.
 *
 * Names: N rows (tokens), of D values each. Matrices are row-major.
 */
#include <math.h>
#include <string.h>
#ifdef __AMX_BF16__
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "avx512.h"

int cpu_supported(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bf16");
}

/* Nonzero if this process may use what the library was built for: Linux gives the AMX tiles on request alone. */
int tiles_permitted(void) {
#ifdef __AMX_BF16__
  enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
  return syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
#else
  return 1;
#endif
}

/* sum [N][D] = x + y (y bf16, may be NULL); normed [N][D] bf16 = RMSNorm(sum) * gain; inverse_rms [N]. */
void add_norm_forward(const float *x, const bf16 *y, float *sum, const float *gain, bf16 *normed, float *inverse_rms, int N, int D, float eps) {
  for (int n = 0; n < N; n++) {
    const float *a = x + (size_t)n * D;
    float *o = sum + (size_t)n * D;
    __m512 squares = _mm512_setzero_ps();
    for (int d = 0; d < D; d += 16) {
      __m512 v = _mm512_loadu_ps(a + d);
      if (y) v = _mm512_add_ps(v, load16(y + (size_t)n * D + d));
      _mm512_storeu_ps(o + d, v);
      squares = _mm512_fmadd_ps(v, v, squares);
    }
    float r = inverse_rms[n] = 1.f / sqrtf(_mm512_reduce_add_ps(squares) / D + eps);
    for (int d = 0; d < D; d += 16)
      store16(normed + (size_t)n * D + d, _mm512_mul_ps(_mm512_mul_ps(_mm512_loadu_ps(o + d), _mm512_set1_ps(r)), _mm512_loadu_ps(gain + d)));
  }
}

/* dx [N][D] (+)= gradient through RMSNorm of x; dx16 is its bf16 copy; d_gain [D] is added to. */
void norm_backward(const bf16 *d_normed, const float *x, const float *inverse_rms, const float *gain, float *dx, bf16 *dx16, float *d_gain,
                   int N, int D, int accumulate) {
  for (int n = 0; n < N; n++) {
    const float *a = x + (size_t)n * D;
    const bf16 *g = d_normed + (size_t)n * D;
    float *to = dx + (size_t)n * D, r = inverse_rms[n];
    __m512 dot = _mm512_setzero_ps(), v_r = _mm512_set1_ps(r);
    for (int d = 0; d < D; d += 16)
      dot = _mm512_fmadd_ps(_mm512_mul_ps(load16(g + d), _mm512_loadu_ps(gain + d)), _mm512_loadu_ps(a + d), dot);
    __m512 share = _mm512_set1_ps(_mm512_reduce_add_ps(dot) * r * r * r / D);
    for (int d = 0; d < D; d += 16) {
      __m512 gv = load16(g + d), xv = _mm512_loadu_ps(a + d);
      _mm512_storeu_ps(d_gain + d, _mm512_fmadd_ps(_mm512_mul_ps(gv, xv), v_r, _mm512_loadu_ps(d_gain + d)));
      __m512 o = _mm512_sub_ps(_mm512_mul_ps(_mm512_mul_ps(gv, _mm512_loadu_ps(gain + d)), v_r), _mm512_mul_ps(xv, share));
      if (accumulate) o = _mm512_add_ps(o, _mm512_loadu_ps(to + d));
      _mm512_storeu_ps(to + d, o);
      store16(dx16 + (size_t)n * D + d, o);
    }
  }
}

/* gate_up [N][2F] (gate, then up) -> out [N][F] = silu(gate) * up. */
void swiglu_forward(const bf16 *gate_up, bf16 *out, int N, int F) {
  const __m512 one = _mm512_set1_ps(1.f);
  for (int n = 0; n < N; n++) {
    const bf16 *g = gate_up + (size_t)n * 2 * F, *u = g + F;
    for (int d = 0; d < F; d += 16) {
      __m512 x = load16(g + d), s = _mm512_div_ps(one, _mm512_add_ps(one, exp512(_mm512_sub_ps(_mm512_setzero_ps(), x))));
      store16(out + (size_t)n * F + d, _mm512_mul_ps(_mm512_mul_ps(x, s), load16(u + d)));
    }
  }
}
void swiglu_backward(const bf16 *gate_up, const bf16 *d_out_rows, bf16 *d_gate_up, int N, int F) {
  const __m512 one = _mm512_set1_ps(1.f);
  for (int n = 0; n < N; n++) {
    const bf16 *g = gate_up + (size_t)n * 2 * F, *u = g + F;
    bf16 *o = d_gate_up + (size_t)n * 2 * F;
    for (int d = 0; d < F; d += 16) {
      __m512 x = load16(g + d), e = load16(d_out_rows + (size_t)n * F + d);
      __m512 s = _mm512_div_ps(one, _mm512_add_ps(one, exp512(_mm512_sub_ps(_mm512_setzero_ps(), x)))), silu = _mm512_mul_ps(x, s);
      store16(o + F + d, _mm512_mul_ps(e, silu));
      store16(o + d, _mm512_mul_ps(_mm512_mul_ps(e, load16(u + d)), _mm512_fmadd_ps(silu, _mm512_sub_ps(one, s), s)));
    }
  }
}

/* logits [N][V] become d_logits = row_weight * (softmax - one-hot); losses [N] in nats, unweighted.
 * A row whose target is negative has loss 0 and gradient 0. With row_weights NULL only the losses are computed. */
void cross_entropy(bf16 *logits, const int32_t *targets, const float *row_weights, float *losses, int N, int V) {
  for (int n = 0; n < N; n++) {
    bf16 *l = logits + (size_t)n * V;
    int target = targets[n];
    losses[n] = 0;
    if (target < 0) { memset(l, 0, sizeof(bf16) * V); continue; }
    __m512 top = _mm512_set1_ps(-1e30f), sum = _mm512_setzero_ps();
    for (int j = 0; j < V; j += 16) top = _mm512_max_ps(top, load16(l + j));
    float highest = _mm512_reduce_max_ps(top);
    __m512 v_high = _mm512_set1_ps(highest);
    for (int j = 0; j < V; j += 16) sum = _mm512_add_ps(sum, exp512(_mm512_sub_ps(load16(l + j), v_high)));
    float total = _mm512_reduce_add_ps(sum), of_target = to_float(l[target]);
    losses[n] = highest + logf(total) - of_target;
    if (!row_weights) continue;
    __m512 factor = _mm512_set1_ps(row_weights[n] / total);
    for (int j = 0; j < V; j += 16) store16(l + j, _mm512_mul_ps(exp512(_mm512_sub_ps(load16(l + j), v_high)), factor));
    l[target] = to_bf16((expf(of_target - highest) / total - 1.f) * row_weights[n]);
  }
}

double sum_of_squares(const float *x, long n) {
  double sum = 0;
  for (long i = 0; i < n; i += 4096) {
    long end = i + 4096 < n ? i + 4096 : n;
    float part = 0;
    for (long j = i; j < end; j++) part += x[j] * x[j];
    sum += part;
  }
  return sum;
}

/* One AdamW step on n values; copy is the bf16 copy that the matrix products use. correct1/2: bias corrections. */
void adamw(float *param, float *mean, float *square, const float *grad, bf16 *copy, long n, float lr, float beta1, float beta2, float eps,
           float decay, float correct1, float correct2, float grad_scale) {
  for (long i = 0; i < n; i++) {
    float g = grad[i] * grad_scale;
    mean[i] = beta1 * mean[i] + (1 - beta1) * g;
    square[i] = beta2 * square[i] + (1 - beta2) * g * g;
    param[i] -= lr * (mean[i] * correct1 / (sqrtf(square[i] * correct2) + eps) + decay * param[i]);
    copy[i] = to_bf16(param[i]);
  }
}
