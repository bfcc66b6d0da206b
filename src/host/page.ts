import * as vscode from "vscode";

/**
 * The webview's page, with its script and style inside: where two views come up at once, as in a
 * comparison, the browser's editor can lose a request for either, and the page would stay empty.
 * Nothing of the file is in it, and nothing may be loaded from outside.
 */
export async function pageOf(extensionUri: vscode.Uri): Promise<string> {
  const read = async (name: string) => {
    const uri = vscode.Uri.joinPath(extensionUri, "dist", name);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  };
  const [script, style] = await Promise.all([read("webview.js"), read("webview.css")]);
  const nonce = newNonce();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The toolkit adds style elements, with the nonce it finds in the csp-nonce meta.
    `style-src 'nonce-${nonce}'`,
    // Charts are saved through blobs.
    "img-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <style nonce="${nonce}">${style}</style>
    <title>Logit Inspector</title>
  </head>
  <body>
    <logit-inspector></logit-inspector>
    <script nonce="${nonce}">${inMarkup(script)}</script>
  </body>
</html>`;
}

/** In strings and patterns, where alone they stand, these mean the same with a backslash. */
function inMarkup(script: string): string {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}
