/** Where even a fresh page lacks a file, as when it was served by what runs on from before, loading it again only goes round. */
const justLoadedMs = 10_000;

/** After a deployment an open page asks for files that are gone: the new page has the new names. */
export function reloadAfterDeployment(): void {
  window.addEventListener('vite:preloadError', () => {
    if (performance.now() > justLoadedMs) location.reload();
  });
}
