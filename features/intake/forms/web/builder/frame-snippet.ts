/**
 * What a site pastes into its page: the form in a frame, as tall as it says it is; where scripts are taken out of pages,
 * 900 pixels.
 * @param address of the form: the frame's messages count only from its origin
 */
export function frameSnippet(address: string, title: string): string {
  const named = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const origin = JSON.stringify(new URL(address).origin);
  return (
    `<iframe src="${address}?embed=1" title="${named}" style="width: 100%; height: 900px; border: 0" loading="lazy"></iframe>` +
    `<script>addEventListener("message", ({ origin, source, data }) => { if (origin === ${origin} && data.holdfastHeight) ` +
    `for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) ` +
    `frame.style.height = data.holdfastHeight + "px"; });</script>`
  );
}
