// The other files of a page that is a single file: modules lie in the same script
// (xtask/src/build/bundle), everything else packed in an element of its own.

/** One engine has all exhibits: no other one is here. @type {string} */
export const FIRST = "";

/** @type {typeof import("../../../www/assets.js").home} */
export function home() {
  const page = new URL(location.href);
  page.search = page.hash = "";
  return page;
}

/** Everything is in the page itself. @type {typeof import("../../../www/assets.js").addressOf} */
export const addressOf = () => location.href;

/** @type {typeof import("../../../www/assets.js").addressOfModule} */
export const addressOfModule = () => location.href;

/** @type {typeof import("../../../www/assets.js").isOutdated} */
export const isOutdated = async () => false;

/** @type {typeof import("../../../www/assets.js").ask} */
export async function ask(file) {
  const packed = await fetch(`data:;base64,${document.getElementById(file)?.textContent}`);
  return new Response(packed.body?.pipeThrough(new DecompressionStream("gzip")));
}

/** @type {typeof import("../../../www/assets.js").load} */
export const load = async (module) => onDemand[module]();
