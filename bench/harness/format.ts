/** Numbers as the tables show them. */
export function figure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits);
}

export const times = (ratio: number): string => `${figure(ratio)} ×`;

export const milliseconds = (value: number): string => `${figure(value)} ms`;

export const mebibytes = (bytes: number): string => `${figure(bytes / 2 ** 20)} MiB`;
