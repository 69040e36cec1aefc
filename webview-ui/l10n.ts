/** All text of the pages goes through `t`, with the English text as the key, in the manner of `vscode.l10n.t`. */
import * as l10n from '@vscode/l10n';

export { t } from '@vscode/l10n';

/** English texts and what they are in the language of the editor. */
export type L10nBundle = Readonly<Record<string, string>>;

export function useBundle(translations: L10nBundle): void {
  l10n.config({ contents: { ...translations } });
}
