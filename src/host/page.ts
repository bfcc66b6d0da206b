import * as vscode from "vscode";

/** The webview's page: nothing of the file is in it, and nothing may be loaded from outside. */
export function pageOf(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const asset = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", name)).toString();
  const nonce = newNonce();
  const { cspSource } = webview;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The toolkit adds style elements, with the nonce it finds in the csp-nonce meta.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    // Charts are saved through blobs.
    "img-src blob:",
    `font-src ${cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <script nonce="${nonce}">
      ${loadAgain}
    </script>
    <link rel="stylesheet" href="${asset("webview.css")}" />
    <title>Logit Inspector</title>
  </head>
  <body>
    <logit-inspector></logit-inspector>
    <script nonce="${nonce}" src="${asset("webview.js")}"></script>
  </body>
</html>`;
}

/**
 * Where two views come up at once, as in a comparison, the browser's editor can lose a request for
 * one's script or stylesheet: it is asked for again, a few times.
 */
const loadAgain = `
  let left = 40;
  addEventListener("error", ({ target }) => {
    if (!(target.src || target.href) || left-- <= 0) return;
    const again = document.createElement(target.localName);
    for (const { name, value } of target.attributes) again.setAttribute(name, value);
    again.nonce = target.nonce;
    setTimeout(() => target.replaceWith(again), 250);
  }, true);`;

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}
