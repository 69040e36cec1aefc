/** The web components of the page, which look and behave as VS Code's own do. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  // The one way to tell Preact's types of elements that are not HTML's.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': HTMLAttributes & { readonly secondary?: boolean };
      'vscode-option': HTMLAttributes & { readonly value: string; readonly selected?: boolean };
      'vscode-single-select': HTMLAttributes & { readonly label: string; readonly value: string };
    }
  }
}
