/* bf16 (the upper half of a float) in AVX-512 registers, and what the kernels count with. */
#pragma once
#include <immintrin.h>
#include <stdint.h>

typedef uint16_t bf16;

static inline float to_float(bf16 x) { union { uint32_t u; float f; } v = {.u = (uint32_t)x << 16}; return v.f; }
static inline __m512 load16(const bf16 *p) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16));
}
static inline void store16(bf16 *p, __m512 x) { _mm256_storeu_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh(x)); }
static inline bf16 to_bf16(float x) {
  union { uint32_t u; float f; } v = {.f = x};
  return (bf16)((v.u + 0x7fff + ((v.u >> 16) & 1)) >> 16);
}
/* Two rows of floats as one row in pair layout (matrix_multiply.h). */
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
