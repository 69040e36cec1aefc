/** What a setting may be. */
export type Allowed =
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole: boolean }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'someOf'; readonly values: readonly string[] }
  /** A relative path needs a folder that is open. */
  | { readonly kind: 'absolutePath' }
  /** Chosen from the model, or no smaller than this. */
  | { readonly kind: 'zeroOrAtLeast'; readonly min: number };

/** A setting that cannot be used. */
export class SettingComplaint extends Error {
  /** Full name, such as `endless.cache.block`. */
  readonly setting: string;
  readonly allowed: Allowed;

  constructor(setting: string, allowed: Allowed) {
    super(setting);
    this.name = 'SettingComplaint';
    this.setting = setting;
    this.allowed = allowed;
  }
}

/** Reads one setting by its name without the `endless.` prefix. */
export type ReadSetting = (name: string) => unknown;

/** Any text: the engine knows why some values cannot be used. */
export function readText(read: ReadSetting, name: string): string {
  const value = read(name);
  if (typeof value !== 'string') throw new SettingComplaint(`endless.${name}`, { kind: 'text' });
  return value;
}

export function readOneOf<T extends string>(read: ReadSetting, name: string, values: readonly T[]): T {
  const value = read(name);
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new SettingComplaint(`endless.${name}`, { kind: 'oneOf', values });
  return found;
}

export function readNumber(read: ReadSetting, name: string, min: number, max: number, whole = true): number {
  const value = read(name);
  const right =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (whole ? Number.isInteger(value) : !Number.isNaN(value));
  if (!right) throw new SettingComplaint(`endless.${name}`, { kind: 'number', min, max, whole });
  return value;
}

export function readBoolean(read: ReadSetting, name: string): boolean {
  const value = read(name);
  if (typeof value !== 'boolean') throw new SettingComplaint(`endless.${name}`, { kind: 'boolean' });
  return value;
}

export function readTexts(read: ReadSetting, name: string): readonly string[] {
  const value = read(name);
  if (!isTexts(value)) throw new SettingComplaint(`endless.${name}`, { kind: 'texts' });
  return value;
}

export function readSomeOf<T extends string>(read: ReadSetting, name: string, values: readonly T[]): readonly T[] {
  const value = read(name);
  const right = isTexts(value) && value.every((one) => values.some((known) => known === one));
  if (!right) throw new SettingComplaint(`endless.${name}`, { kind: 'someOf', values });
  return values.filter((known) => value.includes(known));
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What is read, or `otherwise` while a setting is wrong: the engine, which does not start then, says which one it is. */
export function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingComplaint) return otherwise;
    throw error;
  }
}
