/* Attention of a cache as it streams (arXiv 2309.17453, section 3.2), over a whole row at once, forward and backward, in single precision
 * for any CPU with AVX2 and FMA. One thread: run one process a core. backend_torch.py calls it through cache_attention.py, which says
 * in PyTorch what it computes.
 *
 * Names: B rows, T tokens a row (a multiple of 32, at most MAX_TOKENS), H heads of head_dim (a multiple of 16, at most MAX_HEAD) values,
 * D = H*head_dim. The cache holds `capacity` tokens (a multiple of 32): the first `pinned` of the row and the most recent ones.
 * A query at t < capacity sees all before it. A later one sees the recent tokens at their distances, and the pinned ones from slot
 * capacity - 1, where the cache has it; its query is rotated to that slot for them (`slotted`).
 * 32 queries are worked on at a time; their scores have the pinned keys' columns first, where there are any, then those of a range of keys.
 */
#include <math.h>
#include <string.h>

enum { MAX_TOKENS = 4096, MAX_HEAD = 64, BLOCK = 32, STRIDE = MAX_TOKENS + 16, PART = 256 };
static const float UNSEEN = -1e30f;

int cache_attention_supported(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

typedef float v8 __attribute__((vector_size(32), aligned(4)));

/* C[M][N] += A[M][K] * B[K][N]; A's element (m, k) is at m * a_row + k * a_step. M a multiple of 4, N of 16. */
static void multiply(float *C, int c_row, const float *A, int a_row, int a_step, const float *B, int b_row, int M, int N, int K) {
  for (int part = 0; part < K; part += PART) { /* so much of a panel of B stays in the first cache */
    int k_end = part + PART < K ? part + PART : K;
    for (int n = 0; n < N; n += 16)
      for (int m = 0; m < M; m += 4) {
        v8 sum[4][2];
        for (int r = 0; r < 4; r++)
          for (int h = 0; h < 2; h++) sum[r][h] = *(const v8 *)(C + (size_t)(m + r) * c_row + n + 8 * h);
        for (int k = part; k < k_end; k++) {
          const float *b = B + (size_t)k * b_row + n, *a = A + (size_t)m * a_row + (size_t)k * a_step;
          v8 b0 = *(const v8 *)b, b1 = *(const v8 *)(b + 8);
#pragma GCC unroll 4
          for (int r = 0; r < 4; r++) {
            float x = a[(size_t)r * a_row];
            v8 spread = {x, x, x, x, x, x, x, x};
            sum[r][0] += spread * b0;
            sum[r][1] += spread * b1;
          }
        }
        for (int r = 0; r < 4; r++)
          for (int h = 0; h < 2; h++) *(v8 *)(C + (size_t)(m + r) * c_row + n + 8 * h) = sum[r][h];
      }
  }
}

/* Scratch of one head; static because one process runs one thread. */
static float query[MAX_TOKENS * MAX_HEAD], slotted[MAX_TOKENS * MAX_HEAD], key[MAX_TOKENS * MAX_HEAD], value[MAX_TOKENS * MAX_HEAD];
static float d_out[MAX_TOKENS * MAX_HEAD], d_key[MAX_TOKENS * MAX_HEAD], d_value[MAX_TOKENS * MAX_HEAD];
static float key_t[MAX_HEAD * STRIDE], value_t[MAX_HEAD * STRIDE]; /* [head_dim][T] */
static float scores[BLOCK * STRIDE], d_scores[BLOCK * STRIDE], block_out[BLOCK * MAX_HEAD];

typedef struct { int T, D, H, head_dim, capacity, pinned; const float *cos_table, *sin_table; } Shape; /* tables: [T][head_dim/2] */
/* The keys of one block of queries: `extra` columns of pinned keys (a multiple of BLOCK), then the keys from `oldest` up to the block's end. */
typedef struct { int first, oldest, extra, columns; } Block;

static int slot_of(const Shape *s, int t) { return t < s->capacity ? t : s->capacity - 1; }

/* Interleaved pairs, as llama.cpp's "norm" RoPE; direction -1 turns back. to += where add is not 0. */
static void rotate(float *to, const float *from, const Shape *s, int at, float direction, int add) {
  const float *c = s->cos_table + (size_t)at * s->head_dim / 2, *n = s->sin_table + (size_t)at * s->head_dim / 2;
  for (int i = 0; i < s->head_dim / 2; i++) {
    float even = from[2 * i], odd = from[2 * i + 1], sine = n[i] * direction;
    float a = even * c[i] - odd * sine, b = even * sine + odd * c[i];
    to[2 * i] = add ? to[2 * i] + a : a;
    to[2 * i + 1] = add ? to[2 * i + 1] + b : b;
  }
}

static void transpose(float *to, const float *from, const Shape *s) {
  for (int t = 0; t < s->T; t++)
    for (int d = 0; d < s->head_dim; d++) to[d * STRIDE + t] = from[t * s->head_dim + d];
}

static void load_head(const Shape *s, const float *head) {
  for (int t = 0; t < s->T; t++) {
    const float *row = head + (size_t)t * 3 * s->D;
    rotate(query + t * s->head_dim, row, s, t, 1, 0);
    rotate(slotted + t * s->head_dim, row, s, slot_of(s, t), 1, 0);
    rotate(key + t * s->head_dim, row + s->D, s, t, 1, 0);
    memcpy(value + t * s->head_dim, row + 2 * s->D, s->head_dim * sizeof(float));
  }
  transpose(key_t, key, s);
}

static Block block_at(const Shape *s, int first) {
  Block b = {.first = first};
  if (first >= s->capacity) {
    int oldest = first - (s->capacity - s->pinned) + 1;
    b.oldest = oldest / BLOCK * BLOCK;
    b.extra = (s->pinned + BLOCK - 1) / BLOCK * BLOCK;
  }
  b.columns = b.extra + first + BLOCK - b.oldest;
  return b;
}

/* Scores of a block before the softmax, unscaled; what a query does not see is UNSEEN. */
static void score(const Shape *s, const Block *b) {
  int hd = s->head_dim;
  for (int r = 0; r < BLOCK; r++) memset(scores + r * STRIDE, 0, b->columns * sizeof(float));
  if (b->extra) multiply(scores, STRIDE, slotted + b->first * hd, hd, 1, key_t, STRIDE, BLOCK, b->extra, hd);
  multiply(scores + b->extra, STRIDE, query + b->first * hd, hd, 1, key_t + b->oldest, STRIDE, BLOCK, b->columns - b->extra, hd);
  for (int r = 0; r < BLOCK; r++) {
    float *recent = scores + r * STRIDE + b->extra - b->oldest; /* by the key's place in the row */
    int t = b->first + r;
    for (int j = t + 1; j < b->first + BLOCK; j++) recent[j] = UNSEEN;
    if (b->first < s->capacity) continue;
    for (int j = b->oldest; j <= t - (s->capacity - s->pinned); j++) recent[j] = UNSEEN;
    for (int j = s->pinned; j < b->extra; j++) scores[r * STRIDE + j] = UNSEEN;
  }
}

/* qkv [B][T][3D] -> out [B][T][D] and log_sum [B][H][T], the log of each softmax denominator. */
void cache_attention_forward(const float *qkv, float *out, float *log_sum, const float *cos_table, const float *sin_table, int B, int T, int H,
                             int head_dim, int capacity, int pinned) {
  Shape s = {T, H * head_dim, H, head_dim, capacity, pinned, cos_table, sin_table};
  float scale = 1.f / sqrtf(head_dim);
  for (int bh = 0; bh < B * H; bh++) {
    int b = bh / H, h = bh % H;
    load_head(&s, qkv + (size_t)b * T * 3 * s.D + h * head_dim);
    for (int first = 0; first < T; first += BLOCK) {
      Block k = block_at(&s, first);
      score(&s, &k);
      for (int r = 0; r < BLOCK; r++) {
        float *p = scores + r * STRIDE, highest = UNSEEN, sum = 0;
        for (int j = 0; j < k.columns; j++) highest = p[j] > highest ? p[j] : highest;
        for (int j = 0; j < k.columns; j++) { p[j] = expf((p[j] - highest) * scale); sum += p[j]; }
        float inverse = 1.f / sum;
        for (int j = 0; j < k.columns; j++) p[j] *= inverse;
        log_sum[(size_t)bh * T + first + r] = highest * scale + logf(sum);
      }
      memset(block_out, 0, sizeof block_out);
      if (k.extra) multiply(block_out, MAX_HEAD, scores, STRIDE, 1, value, head_dim, BLOCK, head_dim, k.extra);
      multiply(block_out, MAX_HEAD, scores + k.extra, STRIDE, 1, value + k.oldest * head_dim, head_dim, BLOCK, head_dim, k.columns - k.extra);
      for (int r = 0; r < BLOCK; r++)
        memcpy(out + ((size_t)b * T + first + r) * s.D + h * head_dim, block_out + r * MAX_HEAD, head_dim * sizeof(float));
    }
  }
}

/* d_qkv [B][T][3D] from d_attention [B][T][D]. */
void cache_attention_backward(const float *qkv, const float *out, const float *d_attention, const float *log_sum, float *d_qkv,
                              const float *cos_table, const float *sin_table, int B, int T, int H, int head_dim, int capacity, int pinned) {
  Shape s = {T, H * head_dim, H, head_dim, capacity, pinned, cos_table, sin_table};
  float scale = 1.f / sqrtf(head_dim);
  for (int bh = 0; bh < B * H; bh++) {
    int b = bh / H, h = bh % H;
    float *d_head = d_qkv + (size_t)b * T * 3 * s.D + h * head_dim;
    load_head(&s, qkv + (size_t)b * T * 3 * s.D + h * head_dim);
    for (int t = 0; t < T; t++) memcpy(d_out + t * head_dim, d_attention + ((size_t)b * T + t) * s.D + h * head_dim, head_dim * sizeof(float));
    transpose(value_t, value, &s);
    memset(d_key, 0, sizeof(float) * T * head_dim);
    memset(d_value, 0, sizeof(float) * T * head_dim);
    for (int first = 0; first < T; first += BLOCK) {
      Block k = block_at(&s, first);
      const float *of_block = d_out + first * head_dim;
      int recent = k.columns - k.extra;
      score(&s, &k);
      for (int r = 0; r < BLOCK; r++) memset(d_scores + r * STRIDE, 0, k.columns * sizeof(float));
      if (k.extra) multiply(d_scores, STRIDE, of_block, head_dim, 1, value_t, STRIDE, BLOCK, k.extra, head_dim);
      multiply(d_scores + k.extra, STRIDE, of_block, head_dim, 1, value_t + k.oldest, STRIDE, BLOCK, recent, head_dim);
      for (int r = 0; r < BLOCK; r++) {
        const float *o = out + ((size_t)b * T + first + r) * s.D + h * head_dim;
        float *p = scores + r * STRIDE, *g = d_scores + r * STRIDE, dot = 0, log = log_sum[(size_t)bh * T + first + r];
        for (int d = 0; d < head_dim; d++) dot += o[d] * of_block[r * head_dim + d];
        for (int j = 0; j < k.columns; j++) {
          p[j] = expf(p[j] * scale - log);
          g[j] = p[j] * (g[j] - dot) * scale;
        }
      }
      for (int part = k.extra ? 0 : 1; part < 2; part++) { /* the pinned keys, then the range */
        int column = part ? k.extra : 0, from = part ? k.oldest : 0, count = part ? recent : k.extra;
        const float *q = (part ? query : slotted) + first * head_dim;
        memset(block_out, 0, sizeof block_out);
        multiply(block_out, MAX_HEAD, d_scores + column, STRIDE, 1, key + from * head_dim, head_dim, BLOCK, head_dim, count);
        for (int r = 0; r < BLOCK; r++)
          rotate(d_head + (size_t)(first + r) * 3 * s.D, block_out + r * MAX_HEAD, &s, part ? first + r : slot_of(&s, first + r), -1,
                 part && k.extra);
        multiply(d_key + from * head_dim, head_dim, d_scores + column, 1, STRIDE, q, head_dim, count, head_dim, BLOCK);
        multiply(d_value + from * head_dim, head_dim, scores + column, 1, STRIDE, of_block, head_dim, count, head_dim, BLOCK);
      }
    }
    for (int t = 0; t < T; t++) {
      rotate(d_head + s.D + (size_t)t * 3 * s.D, d_key + t * head_dim, &s, t, -1, 0);
      memcpy(d_head + 2 * s.D + (size_t)t * 3 * s.D, d_value + t * head_dim, head_dim * sizeof(float));
    }
  }
}
