/** From values of the data to places on the paper, and where the ticks go. */
export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** @param range places of the least and the greatest value. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = widened(domain);
  const step = niceStep((high - low) / 5);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-6; tick += step)
    ticks.push(Number(tick.toPrecision(12)));
  return { place: (value) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]), ticks };
}

/** Values must be greater than 0. */
export function logScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = widened([Math.log10(domain[0]), Math.log10(domain[1])]);
  const ticks: number[] = [];
  // Over less than two decades the powers of ten alone would leave the axis bare.
  const factors = high - low < 2 ? [1, 2, 5] : [1];
  for (let power = Math.floor(low); power <= high; power += 1)
    for (const factor of factors) {
      const exponent = power + Math.log10(factor);
      if (exponent >= low - 1e-9 && exponent <= high + 1e-9) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
    }
  return { place: (value) => range[0] + ((Math.log10(value) - low) / (high - low)) * (range[1] - range[0]), ticks };
}

/** A domain of a single value still needs a width. */
const widened = ([low, high]: readonly [number, number]): [number, number] =>
  high > low ? [low, high] : [low - 0.5, low + 0.5];

/** 1, 2 or 5 times a power of ten, at least `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10);
}
