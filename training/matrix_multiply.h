/* Products of small matrices of bf16, summed in single precision. Where the compiler may use AMX (-mamx-bf16, which backend_cpu.py gives on a
 * CPU that has it), its tiles multiply them.
 * Pair layout: matrix [K][N] of bf16 stored as [K/2][N] of 32-bit words, each holding rows 2k (low) and 2k+1 (high)
 * of one column; it is the layout that the dot-product instruction wants for its second operand.
 */
#pragma once
#include <stddef.h>
#include <string.h>

#include "avx512.h"

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
