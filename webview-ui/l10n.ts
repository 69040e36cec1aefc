/**
 * All text of the panel goes through `t`, with the English text as the key and `{0}`, `{1}` as places, in the manner of
 * `vscode.l10n.t`: the same bundles can be used once the host passes one in.
 */
export type L10nBundle = Readonly<Record<string, string>>;

let bundle: L10nBundle = {};

export function useBundle(translations: L10nBundle): void {
  bundle = translations;
}

export function t(text: string, ...values: readonly (string | number)[]): string {
  return (bundle[text] ?? text).replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
