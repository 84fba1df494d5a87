/**
 * The page's CSP nonce. Libraries that add a `<style>` of their own (the scroll lock behind dialogs)
 * look for it in this global, Webpack's name for it.
 */
declare global {
  var __webpack_nonce__: string | undefined;
}

/** Reads the nonce that the server wrote into the page; undefined where there is no policy (the dev server). */
export function pageNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}

/** Hands the nonce to libraries. Call once, before the first render. */
export function shareNonce(): void {
  globalThis.__webpack_nonce__ = pageNonce();
}
