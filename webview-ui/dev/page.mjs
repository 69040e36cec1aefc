/**
 * The HTML of a page that stands in for a webview: one style sheet, what plays VS Code, and the page's own script.
 *
 * @param {{ style: string, host: string, script: string }} files beside the page
 */
export const pageHtml = ({ style, host, script }) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; img-src 'none'; style-src 'self' file:; font-src 'self' file:; script-src 'self' file:"
    />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Endless</title>
    <link rel="stylesheet" href="${style}" />
  </head>
  <body>
    <script src="${host}"></script>
    <script src="${script}"></script>
  </body>
</html>
`;

export const PANEL_PAGE = pageHtml({ style: 'panel.css', host: 'host.js', script: 'panel.js' });
