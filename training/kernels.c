/* The parts of a training step that plain PyTorch is slow at on a CPU: RoPE + causal attention (forward and
 * backward), add + RMSNorm, SwiGLU, cross-entropy and AdamW. Needs AVX-512 with avx512_bf16 (checked by
 * cpu_supported(), which backend_cpu.py asks before anything else). One thread: run one process a core.
 *
 * Names: B samples, T tokens a sample (a multiple of 32, at most MAX_TOKENS), N = B*T rows, H heads of head_dim
 * (32 or 64) values, D = H*head_dim. Matrices are row-major; "bf16" is the upper half of a float.
 * Where the compiler may use AMX (-mamx-bf16, which backend_cpu.py gives on a CPU that has it), its tiles multiply the matrices.
 * Attention works on 32 queries at a time against the keys that a cache of `capacity` tokens (a multiple of 32, at most MAX_CAPACITY) shows
 * them: the row's first `pinned` and the most recent ones, as in cache_attention.c. Where capacity is not less than T these are all before.
 * Pair layout: matrix [K][N] of bf16 stored as [K/2][N] of 32-bit words, each holding rows 2k (low) and 2k+1 (high)
 * of one column; it is the layout that the dot-product instruction wants for its second operand.
 */
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#ifdef __AMX_BF16__
#include <sys/syscall.h>
#include <unistd.h>
#endif

typedef uint16_t bf16;
/* SCORES: a block of queries has at most capacity + 2 * BLOCK columns of keys. */
enum { MAX_TOKENS = 4096, MAX_CAPACITY = 1024, MAX_HEAD = 64, BLOCK = 32, STRIDE = MAX_TOKENS + 16, SCORES = MAX_CAPACITY + 2 * BLOCK + 16 };
static const float UNSEEN = -1e30f;

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

static inline float to_float(bf16 x) { union { uint32_t u; float f; } v = {.u = (uint32_t)x << 16}; return v.f; }
static inline __m512 load16(const bf16 *p) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16));
}
static inline void store16(bf16 *p, __m512 x) { _mm256_storeu_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh(x)); }
static inline bf16 to_bf16(float x) {
  union { uint32_t u; float f; } v = {.f = x};
  return (bf16)((v.u + 0x7fff + ((v.u >> 16) & 1)) >> 16);
}
/* Two rows of floats as one row in pair layout. */
static inline __m512i pair_rows(const float *even, const float *odd) {
  __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(even)));
  __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(odd)));
  return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}
/* exp(x), relative error about 1e-5, for x <= 0 or moderate. */
static inline __m512 exp512(__m512 x) {
  __m512 y = _mm512_mul_ps(_mm512_max_ps(x, _mm512_set1_ps(-87.f)), _mm512_set1_ps(1.44269504f));
  __m512 whole = _mm512_roundscale_ps(y, 0), r = _mm512_sub_ps(y, whole);
  __m512 p = _mm512_set1_ps(1.33335581e-3f);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(9.61812911e-3f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.55041087e-2f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(2.40226507e-1f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(6.93147181e-1f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.f));
  return _mm512_scalef_ps(p, whole);
}

/* multiply: C[M][N] (+)= A[M][K] * pairs[K/2][N]; M, N and K multiples of 32; strides in elements. */
#ifdef __AMX_BF16__
/* Before the first multiply of a kernel: PyTorch's own products set the tiles up otherwise. All are 16 rows of 64 bytes. */
static void take_tiles(void) {
  struct { uint8_t palette, start_row, reserved[14]; uint16_t columns[16]; uint8_t rows[16]; } layout = {.palette = 1};
  for (int i = 0; i < 8; i++) { layout.columns[i] = 64; layout.rows[i] = 16; }
  _tile_loadconfig(&layout);
}
static void give_tiles(void) { _tile_release(); }

static void multiply(float *C, int c_stride, const bf16 *A, int a_stride, const uint32_t *pairs, int p_stride, int M, int N, int K,
                     int accumulate) {
  size_t c_bytes = c_stride * sizeof(float), a_bytes = a_stride * sizeof(bf16), p_bytes = p_stride * sizeof(uint32_t);
  for (int n = 0; n < N; n += 32)
    for (int m = 0; m < M; m += 32) {
      float *upper = C + (size_t)m * c_stride + n, *lower = upper + 16 * c_stride;
      if (accumulate) {
        _tile_loadd(0, upper, c_bytes);
        _tile_loadd(1, upper + 16, c_bytes);
        _tile_loadd(2, lower, c_bytes);
        _tile_loadd(3, lower + 16, c_bytes);
      } else {
        _tile_zero(0);
        _tile_zero(1);
        _tile_zero(2);
        _tile_zero(3);
      }
      for (int k = 0; k < K; k += 32) {
        const bf16 *a = A + (size_t)m * a_stride + k;
        const uint32_t *p = pairs + (size_t)(k / 2) * p_stride + n;
        _tile_loadd(4, a, a_bytes);
        _tile_loadd(5, a + 16 * a_stride, a_bytes);
        _tile_loadd(6, p, p_bytes);
        _tile_loadd(7, p + 16, p_bytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
      }
      _tile_stored(0, upper, c_bytes);
      _tile_stored(1, upper + 16, c_bytes);
      _tile_stored(2, lower, c_bytes);
      _tile_stored(3, lower + 16, c_bytes);
    }
}
#else
static void take_tiles(void) {}
static void give_tiles(void) {}

static void multiply(float *C, int c_stride, const bf16 *A, int a_stride, const uint32_t *pairs, int p_stride, int M, int N, int K,
                     int accumulate) {
  for (int n = 0; n < N; n += 32)
    for (int m = 0; m < M; m += 8) {
      float *c = C + (size_t)m * c_stride + n;
      const bf16 *a = A + (size_t)m * a_stride;
      __m512 left[8], right[8];
      for (int r = 0; r < 8; r++) {
        left[r] = accumulate ? _mm512_loadu_ps(c + r * c_stride) : _mm512_setzero_ps();
        right[r] = accumulate ? _mm512_loadu_ps(c + r * c_stride + 16) : _mm512_setzero_ps();
      }
      for (int k = 0; k < K; k += 2) {
        const uint32_t *p = pairs + (size_t)(k / 2) * p_stride + n;
        __m512bh p0 = (__m512bh)_mm512_loadu_si512(p), p1 = (__m512bh)_mm512_loadu_si512(p + 16);
#pragma GCC unroll 8
        for (int r = 0; r < 8; r++) {
          int32_t word;
          memcpy(&word, a + (size_t)r * a_stride + k, 4);
          __m512bh x = (__m512bh)_mm512_set1_epi32(word);
          left[r] = _mm512_dpbf16_ps(left[r], x, p0);
          right[r] = _mm512_dpbf16_ps(right[r], x, p1);
        }
      }
      for (int r = 0; r < 8; r++) {
        _mm512_storeu_ps(c + r * c_stride, left[r]);
        _mm512_storeu_ps(c + r * c_stride + 16, right[r]);
      }
    }
}
#endif

/* Scratch of one head; static because one process runs one thread. */
static bf16 query[MAX_TOKENS * MAX_HEAD], slotted[MAX_TOKENS * MAX_HEAD], key[MAX_TOKENS * MAX_HEAD], value[MAX_TOKENS * MAX_HEAD], d_out[MAX_TOKENS * MAX_HEAD];
static uint32_t key_columns[MAX_HEAD / 2 * STRIDE], value_columns[MAX_HEAD / 2 * STRIDE]; /* [head_dim/2][T]: pairs of one token's values */
static uint32_t key_pairs[MAX_TOKENS / 2 * MAX_HEAD], value_pairs[MAX_TOKENS / 2 * MAX_HEAD]; /* [T/2][head_dim]: pairs of tokens */
static float scores[BLOCK * SCORES], d_scores[BLOCK * SCORES], head_out[BLOCK * MAX_HEAD], of_pinned[BLOCK * MAX_HEAD];
static float d_value_t[MAX_HEAD * STRIDE], d_key_t[MAX_HEAD * STRIDE]; /* [head_dim][T] */
static bf16 weights[BLOCK * SCORES], query_t[MAX_HEAD * BLOCK], d_out_t[MAX_HEAD * BLOCK];
static uint32_t prob_pairs[BLOCK / 2 * SCORES], d_score_pairs[BLOCK / 2 * SCORES];
static float cosines[MAX_TOKENS * MAX_HEAD], sines[MAX_TOKENS * MAX_HEAD]; /* one entry a value; the sine's sign alternates */

/* cos_table and sin_table: [T][head_dim/2]. Interleaved pairs, as llama.cpp's "norm" RoPE. */
static void spread_rope_tables(const float *cos_table, const float *sin_table, int T, int head_dim) {
  for (int i = 0; i < T * head_dim / 2; i++) {
    cosines[2 * i] = cosines[2 * i + 1] = cos_table[i];
    sines[2 * i] = -sin_table[i];
    sines[2 * i + 1] = sin_table[i];
  }
}
static inline __m512 rotate(__m512 x, int at) {
  return _mm512_fmadd_ps(_mm512_permute_ps(x, 0xB1), _mm512_loadu_ps(sines + at), _mm512_mul_ps(x, _mm512_loadu_ps(cosines + at)));
}
static inline __m512 rotate_back(__m512 x, int at) {
  return _mm512_fnmadd_ps(_mm512_permute_ps(x, 0xB1), _mm512_loadu_ps(sines + at), _mm512_mul_ps(x, _mm512_loadu_ps(cosines + at)));
}
static inline int slot_of(int t, int capacity) { return t < capacity ? t : capacity - 1; }
/* slots: the last of them is that of all tokens from there on. */
static void load_rotated(bf16 *to, const bf16 *from, int stride, int T, int head_dim, int slots) {
  for (int t = 0; t < T; t++)
    for (int d = 0, at = slot_of(t, slots) * head_dim; d < head_dim; d += 16)
      store16(to + t * head_dim + d, rotate(load16(from + (size_t)t * stride + d), at + d));
}
static void load_plain(bf16 *to, const bf16 *from, int stride, int T, int head_dim) {
  for (int t = 0; t < T; t++) memcpy(to + t * head_dim, from + (size_t)t * stride, head_dim * sizeof(bf16));
}
static void to_columns(uint32_t *to, const bf16 *x, int T, int head_dim) {
  const uint32_t *words = (const uint32_t *)x;
  for (int t = 0; t < T; t++)
    for (int i = 0; i < head_dim / 2; i++) to[i * STRIDE + t] = words[t * head_dim / 2 + i];
}
static void to_pairs(uint32_t *to, const bf16 *x, int T, int head_dim) {
  for (int t = 0; t < T; t += 2)
    for (int d = 0; d < head_dim; d++) to[t / 2 * head_dim + d] = x[t * head_dim + d] | ((uint32_t)x[(t + 1) * head_dim + d] << 16);
}
static inline __mmask16 visible_keys(int q, int first_key) {
  int n = q + 1 - first_key;
  return n >= 16 ? 0xffff : n <= 0 ? 0 : (__mmask16)((1 << n) - 1);
}

/* The keys of one block of queries: `extra` columns of pinned keys (a multiple of BLOCK), then the keys from `oldest` up to the block's end. */
typedef struct { int first, oldest, extra, columns; } Keys;

static Keys keys_of(int first, int capacity, int pinned) {
  Keys k = {.first = first};
  if (first >= capacity) {
    k.oldest = (first - (capacity - pinned) + 1) / BLOCK * BLOCK;
    k.extra = (pinned + BLOCK - 1) / BLOCK * BLOCK;
  }
  k.columns = k.extra + first + BLOCK - k.oldest;
  return k;
}

/* to [BLOCK][columns] = rows x columns of the keys (or values), in two products; the pinned keys are seen from the cache's last slot. */
static void against_keys(float *to, const Keys *k, const bf16 *for_pinned, const bf16 *for_recent, const uint32_t *columns, int head_dim) {
  int at = k->first * head_dim;
  if (k->extra) multiply(to, SCORES, for_pinned + at, head_dim, columns, STRIDE, BLOCK, k->extra, head_dim, 0);
  multiply(to + k->extra, SCORES, for_recent + at, head_dim, columns + k->oldest, STRIDE, BLOCK, k->columns - k->extra, head_dim, 0);
}

/* Puts `value` where the query at t does not see the key: later ones, those that have left, and what fills the pinned columns up. */
static void hide(float *row, const Keys *k, int t, int capacity, int pinned, float value) {
  float *recent = row + k->extra - k->oldest; /* by the key's place in the row */
  for (int j = k->first; j < k->first + BLOCK; j += 16)
    _mm512_storeu_ps(recent + j, _mm512_mask_loadu_ps(_mm512_set1_ps(value), visible_keys(t, j), recent + j));
  if (k->first < capacity) return;
  for (int j = k->oldest; j <= t - (capacity - pinned); j++) recent[j] = value;
  for (int j = pinned; j < k->extra; j++) row[j] = value;
}

/* qkv [N][3D] bf16 -> out [N][D] bf16 and log_sum [B][H][T], the log of each softmax denominator. With zero_sink each query
 * sees one more key, whose score and whose values are 0: exp(x) / (1 + sum of exp). The backward pass needs log_sum alone. */
void attention_forward(const bf16 *qkv, bf16 *out, float *log_sum, const float *cos_table, const float *sin_table, int B, int T, int H,
                       int head_dim, int capacity, int pinned, int zero_sink) {
  int D = H * head_dim, row = 3 * D;
  float scale = 1.f / sqrtf(head_dim);
  take_tiles();
  spread_rope_tables(cos_table, sin_table, T, head_dim);
  for (int b = 0; b < B; b++)
    for (int h = 0; h < H; h++) {
      const bf16 *head = qkv + (size_t)b * T * row + h * head_dim;
      load_rotated(query, head, row, T, head_dim, T);
      if (capacity < T) load_rotated(slotted, head, row, T, head_dim, capacity);
      load_rotated(key, head + D, row, T, head_dim, T);
      load_plain(value, head + 2 * D, row, T, head_dim);
      to_columns(key_columns, key, T, head_dim);
      to_pairs(value_pairs, value, T, head_dim);
      for (int first = 0; first < T; first += BLOCK) {
        Keys k = keys_of(first, capacity, pinned);
        float inverse[BLOCK];
        against_keys(scores, &k, slotted, query, key_columns, head_dim);
        for (int r = 0; r < BLOCK; r++) {
          float *s = scores + r * SCORES;
          int q = first + r;
          hide(s, &k, q, capacity, pinned, UNSEEN);
          __m512 top = _mm512_set1_ps(UNSEEN), sum = _mm512_setzero_ps();
          for (int j = 0; j < k.columns; j += 16) top = _mm512_max_ps(top, _mm512_loadu_ps(s + j));
          float highest = _mm512_reduce_max_ps(top) * scale;
          if (zero_sink && highest < 0) highest = 0; /* its score counts for the maximum too, or exp(-highest) could overflow */
          for (int j = 0; j < k.columns; j += 16) {
            __m512 e = exp512(_mm512_fmsub_ps(_mm512_loadu_ps(s + j), _mm512_set1_ps(scale), _mm512_set1_ps(highest)));
            sum = _mm512_add_ps(sum, e);
            store16(weights + r * SCORES + j, e);
          }
          float total = _mm512_reduce_add_ps(sum) + (zero_sink ? expf(-highest) : 0.f);
          inverse[r] = 1.f / total;
          log_sum[((size_t)b * H + h) * T + q] = highest + logf(total);
        }
        if (k.extra) multiply(head_out, MAX_HEAD, weights, SCORES, value_pairs, head_dim, BLOCK, head_dim, k.extra, 0);
        multiply(head_out, MAX_HEAD, weights + k.extra, SCORES, value_pairs + k.oldest / 2 * head_dim, head_dim, BLOCK, head_dim,
                 k.columns - k.extra, k.extra > 0);
        for (int r = 0; r < BLOCK; r++)
          for (int d = 0; d < head_dim; d += 16)
            store16(out + ((size_t)b * T + first + r) * D + h * head_dim + d,
                    _mm512_mul_ps(_mm512_loadu_ps(head_out + r * MAX_HEAD + d), _mm512_set1_ps(inverse[r])));
      }
    }
  give_tiles();
}

/* d_qkv [N][3D] from d_attention [N][D]. The auxiliary loss that trains the sink in is added here: for each head and each
 * query q >= 8 whose probability p0 of position 0 is below sink_target, -sink_weight * log p0. */
void attention_backward(const bf16 *qkv, const bf16 *out, const bf16 *d_attention, const float *log_sum, bf16 *d_qkv,
                        const float *cos_table, const float *sin_table, int B, int T, int H, int head_dim, int capacity,
                        int pinned, float sink_weight, float sink_target) {
  int D = H * head_dim, row = 3 * D;
  float scale = 1.f / sqrtf(head_dim);
  take_tiles();
  spread_rope_tables(cos_table, sin_table, T, head_dim);
  for (int b = 0; b < B; b++)
    for (int h = 0; h < H; h++) {
      const bf16 *head = qkv + (size_t)b * T * row + h * head_dim;
      bf16 *d_head = d_qkv + (size_t)b * T * row + h * head_dim;
      load_rotated(query, head, row, T, head_dim, T);
      if (capacity < T) load_rotated(slotted, head, row, T, head_dim, capacity);
      load_rotated(key, head + D, row, T, head_dim, T);
      load_plain(value, head + 2 * D, row, T, head_dim);
      load_plain(d_out, d_attention + (size_t)b * T * D + h * head_dim, D, T, head_dim);
      to_columns(key_columns, key, T, head_dim);
      to_columns(value_columns, value, T, head_dim);
      to_pairs(key_pairs, key, T, head_dim);
      memset(d_value_t, 0, sizeof(float) * head_dim * STRIDE);
      memset(d_key_t, 0, sizeof(float) * head_dim * STRIDE);
      for (int first = 0; first < T; first += BLOCK) {
        Keys k = keys_of(first, capacity, pinned);
        int recent = k.columns - k.extra;
        against_keys(scores, &k, slotted, query, key_columns, head_dim);
        against_keys(d_scores, &k, d_out, d_out, value_columns, head_dim);
        for (int r = 0; r < BLOCK; r++) {
          int q = first + r;
          const bf16 *o = out + ((size_t)b * T + q) * D + h * head_dim;
          __m512 dot = _mm512_setzero_ps();
          for (int d = 0; d < head_dim; d += 16) dot = _mm512_fmadd_ps(load16(o + d), load16(d_out + q * head_dim + d), dot);
          __m512 out_dot = _mm512_set1_ps(_mm512_reduce_add_ps(dot)), v_scale = _mm512_set1_ps(scale);
          __m512 v_log = _mm512_set1_ps(log_sum[((size_t)b * H + h) * T + q]);
          float *p = scores + r * SCORES, *g = d_scores + r * SCORES;
          for (int j = 0; j < k.columns; j += 16) _mm512_storeu_ps(p + j, exp512(_mm512_fmsub_ps(_mm512_loadu_ps(p + j), v_scale, v_log)));
          hide(p, &k, q, capacity, pinned, 0);
          float pull = q >= 8 && p[0] < sink_target ? sink_weight * scale : 0.f;
          __m512 v_pull = _mm512_set1_ps(pull);
          for (int j = 0; j < k.columns; j += 16) {
            __m512 prob = _mm512_loadu_ps(p + j);
            __m512 ds = _mm512_mul_ps(_mm512_mul_ps(prob, v_scale), _mm512_sub_ps(_mm512_loadu_ps(g + j), out_dot));
            if (pull != 0) {
              ds = _mm512_fmadd_ps(prob, v_pull, ds);
              if (j == 0) ds = _mm512_mask_sub_ps(ds, 1, ds, v_pull);
            }
            _mm512_storeu_ps(g + j, ds);
            store16(weights + r * SCORES + j, ds);
          }
        }
        multiply(head_out, MAX_HEAD, weights + k.extra, SCORES, key_pairs + k.oldest / 2 * head_dim, head_dim, BLOCK, head_dim, recent, 0);
        if (k.extra) multiply(of_pinned, MAX_HEAD, weights, SCORES, key_pairs, head_dim, BLOCK, head_dim, k.extra, 0);
        for (int r = 0; r < BLOCK; r++)
          for (int d = 0, t = first + r; d < head_dim; d += 16) {
            __m512 dq = rotate_back(_mm512_loadu_ps(head_out + r * MAX_HEAD + d), t * head_dim + d);
            if (k.extra) dq = _mm512_add_ps(dq, rotate_back(_mm512_loadu_ps(of_pinned + r * MAX_HEAD + d), slot_of(t, capacity) * head_dim + d));
            store16(d_head + (size_t)t * row + d, dq);
          }
        for (int r = 0; r < BLOCK; r += 2)
          for (int j = 0; j < k.columns; j += 16) {
            _mm512_storeu_si512(prob_pairs + r / 2 * SCORES + j, pair_rows(scores + r * SCORES + j, scores + (r + 1) * SCORES + j));
            _mm512_storeu_si512(d_score_pairs + r / 2 * SCORES + j, pair_rows(d_scores + r * SCORES + j, d_scores + (r + 1) * SCORES + j));
          }
        for (int part = k.extra ? 0 : 1; part < 2; part++) { /* the pinned keys, then the range */
          int column = part ? k.extra : 0, from = part ? k.oldest : 0, count = part ? recent : k.extra;
          const bf16 *q = (part ? query : slotted) + first * head_dim;
          for (int d = 0; d < head_dim; d++)
            for (int r = 0; r < BLOCK; r++) {
              d_out_t[d * BLOCK + r] = d_out[(first + r) * head_dim + d];
              query_t[d * BLOCK + r] = q[r * head_dim + d];
            }
          multiply(d_value_t + from, STRIDE, d_out_t, BLOCK, prob_pairs + column, SCORES, head_dim, count, BLOCK, 1);
          multiply(d_key_t + from, STRIDE, query_t, BLOCK, d_score_pairs + column, SCORES, head_dim, count, BLOCK, 1);
        }
      }
      for (int t = 0; t < T; t++) {
        float dk[MAX_HEAD], dv[MAX_HEAD];
        for (int d = 0; d < head_dim; d++) { dk[d] = d_key_t[d * STRIDE + t]; dv[d] = d_value_t[d * STRIDE + t]; }
        for (int d = 0; d < head_dim; d += 16) {
          store16(d_head + D + (size_t)t * row + d, rotate_back(_mm512_loadu_ps(dk + d), t * head_dim + d));
          store16(d_head + 2 * D + (size_t)t * row + d, _mm512_loadu_ps(dv + d));
        }
      }
    }
  give_tiles();
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

/* One AdamW step on n values; work is the bf16 copy that the matrix products use. correct1/2: bias corrections. */
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
