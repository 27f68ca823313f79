// The other files of what is a single file: modules lie in the same script
// (xtask/src/build/bundle), everything else is packed in it.

/** One engine has all exhibits: no other one is here. @type {string} */
export const FIRST = "";

/** Everything is in the page itself. @type {typeof import("../../../../www/assets.js").addressOf} */
export const addressOf = () => location.href;

/** @type {typeof import("../../../../www/assets.js").addressOfModule} */
export const addressOfModule = () => location.href;

/** @type {typeof import("../../../../www/assets.js").isOutdated} */
export const isOutdated = async () => false;

/** @type {typeof import("../../../../www/assets.js").ask} */
export async function ask(file) {
  const bytes = Uint8Array.from(atob(packed[file]), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** @type {typeof import("../../../../www/assets.js").load} */
export const load = async (module) => onDemand[module]();
