// For a page that frames `embed.html`: gives every such frame the height that
// the exhibit in it reports. Optional; without it a frame keeps the height of
// its own attribute. It listens, sets that attribute, and does nothing else.

(() => {
  /** More than any exhibit is high, even on a phone. */
  const MOST = 20_000;

  /** @returns {HTMLIFrameElement[]} */
  const frames = () => [...document.querySelectorAll("iframe")].filter(({ src }) => /\/embed(\.html)?([?#]|$)/.test(src));

  addEventListener("message", ({ source, origin, data }) => {
    if (data?.type !== "ntk-height") return;
    const height = Math.ceil(Number(data.height));
    if (!(height > 0 && height <= MOST)) return;
    for (const frame of frames()) {
      // Only the frame that speaks, and only if it still shows that site. A frame
      // that is sandboxed without `allow-same-origin` has no origin to compare.
      const same = origin === "null" || new URL(frame.src).origin === origin;
      if (frame.contentWindow === source && same) frame.height = String(height);
    }
  });

  // A frame may have spoken before this script was there.
  for (const frame of frames()) frame.contentWindow?.postMessage({ type: "ntk-height-please" }, "*");
})();
