export interface PanelResources {
  /** Webview addresses of the bundle's files. */
  readonly script: string;
  readonly style: string;
  /** Source that the webview's own resources come from. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
  /** Language of the editor, such as `en`. */
  readonly language: string;
  /** English texts and what they are in that language; absent where it is English. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** The panel's page: one script, one style sheet, the icon font, and nothing from anywhere else. */
export function panelHtml({ script, style, cspSource, nonce, title, language, texts }: PanelResources): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${escape(style)}">
<title>${escape(title)}</title>
<script defer nonce="${nonce}" src="${escape(script)}"></script>
</head>
<body${texts ? ` data-texts="${escape(JSON.stringify(texts))}"` : ''}></body>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
