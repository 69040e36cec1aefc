/* RoPE + causal attention, forward and backward, in AVX-512 bf16 for backend_cpu.py. One thread.
 *
 * Names: B samples, T tokens a sample (a multiple of 32, at most MAX_TOKENS), N = B*T rows, H heads of head_dim (32 or 64) values,
 * D = H*head_dim. Matrices are row-major. Works on 32 queries at a time against the keys that a cache of `capacity` tokens (a multiple of 32, at most
 * MAX_CAPACITY) shows them: the row's first `pinned` and the most recent ones, as in cache_attention.c. Where capacity is not less than T
 * those are all the tokens before it.
 */
#include <math.h>
#include <string.h>

#include "matrix_multiply.h"

/* SCORES: a block of queries has at most capacity + 2 * BLOCK columns of keys. */
enum { MAX_TOKENS = 4096, MAX_CAPACITY = 1024, MAX_HEAD = 64, BLOCK = 32, STRIDE = MAX_TOKENS + 16, SCORES = MAX_CAPACITY + 2 * BLOCK + 16 };
static const float UNSEEN = -1e30f;

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

/* One head of rows of [3D] values into the scratch: what both passes read. */
static void load_head(const bf16 *head, int D, int T, int head_dim, int capacity) {
  int row = 3 * D;
  load_rotated(query, head, row, T, head_dim, T);
  if (capacity < T) load_rotated(slotted, head, row, T, head_dim, capacity);
  load_rotated(key, head + D, row, T, head_dim, T);
  load_plain(value, head + 2 * D, row, T, head_dim);
  to_columns(key_columns, key, T, head_dim);
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
      load_head(head, D, T, head_dim, capacity);
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

/* d_qkv [N][3D] from d_attention [N][D]. The auxiliary loss that trains the sink in is added here: for each head h and each
 * query q >= 8 whose probability p0 of position 0 is below sink_target, -sink_weight[h] * log p0. In a row that streams through
 * the cache position 0 must be among the pinned ones: their columns come first. */
void attention_backward(const bf16 *qkv, const bf16 *out, const bf16 *d_attention, const float *log_sum, bf16 *d_qkv,
                        const float *cos_table, const float *sin_table, int B, int T, int H, int head_dim, int capacity,
                        int pinned, const float *sink_weight, float sink_target) {
  int D = H * head_dim, row = 3 * D;
  float scale = 1.f / sqrtf(head_dim);
  take_tiles();
  spread_rope_tables(cos_table, sin_table, T, head_dim);
  for (int b = 0; b < B; b++)
    for (int h = 0; h < H; h++) {
      const bf16 *head = qkv + (size_t)b * T * row + h * head_dim;
      bf16 *d_head = d_qkv + (size_t)b * T * row + h * head_dim;
      load_head(head, D, T, head_dim, capacity);
      load_plain(d_out, d_attention + (size_t)b * T * D + h * head_dim, D, T, head_dim);
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
          float pull = q >= 8 && p[0] < sink_target ? sink_weight[h] * scale : 0.f;
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
