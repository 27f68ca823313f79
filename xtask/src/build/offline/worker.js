// The page without a network. A copy of all its files is kept. Of another version the browser keeps
// another copy, all of it before any of it is used, and the old one goes when no page of its version is open.
// The build writes digest and files (xtask/src/build/offline/mod.rs).

/** @type {any} */
const worker = self;

const scope = new URL(worker.registration.scope);
/** Other copies of the page on this server have other scopes. */
const prefix = `ntk-playground ${scope.pathname} `;
const current = `${prefix}DIGEST`;

/** Files of this version, from the scope on; the empty name is the first page. @type {Set<string>} */
const files = new Set(JSON.parse('FILES'));

/** How the names of files begin that never change under their name. */
const VERSIONED = "v-";

/** Milliseconds after which a page that is still on its way is taken from the copy. */
const PATIENCE = 4000;

/** The name of one of our files, of this version or another, or null. @param {string} address */
function nameOf(address) {
  const { origin, pathname } = new URL(address, scope);
  if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return null;
  const name = pathname.slice(scope.pathname.length).replace(/^index\.html$/, "");
  return files.has(name) || /^v-[0-9a-f]+\/[^/]+$/.test(name) ? name : null;
}

/** @param {string} copy @param {string} name @returns {Promise<Response|undefined>} */
const kept = async (copy, name) => (await caches.open(copy)).match(new URL(name, scope));

/** The copies of other versions. */
const others = async () => (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);

/** All files or none. */
async function keepAll() {
  const cache = await caches.open(current);
  await Promise.all([...files].map(async (name) => {
    const address = new URL(name, scope);
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    // Some servers lead from a name to another, and no page may come that way from here.
    const { status, statusText, headers } = response;
    await cache.put(address, new Response(await response.blob(), { status, statusText, headers }));
  }));
}

/** A page, or a picture on it, is the server's where that answers: a page of any version names the files that belong to it. @param {Request} request @param {string} name */
async function page(request, name) {
  const asked = fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([asked, late]).catch(() => undefined);
  return answer ?? await kept(current, name) ?? asked;
}

/** A file, of whatever version: no two of them have one name. @param {Request} request @param {string} name */
async function file(request, name) {
  for (const copy of [current, ...await others()]) {
    const answer = await kept(copy, name);
    if (answer) return answer;
  }
  return fetch(request);
}

/** Removes the copies of other versions once the only page that is open is one of this version. @param {string} script an address of the page's version */
async function opened(script) {
  if (!files.has(nameOf(script) ?? "-")) return;
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = windows.filter((/** @type {{ url: string }} */ { url }) => url.startsWith(scope.href));
  if (pages.length === 1) await Promise.all((await others()).map((name) => caches.delete(name)));
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepAll().then(() => worker.skipWaiting())));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(opened(event.data)));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  /** @type {Request} */
  const request = event.request;
  const name = nameOf(request.url);
  if (request.method !== "GET" || name === null) return;
  if (!name.startsWith(VERSIONED)) event.respondWith(page(request, name));
  // Whoever asks past all that is kept means the server.
  else if (request.cache !== "reload" && request.cache !== "no-store") event.respondWith(file(request, name));
});
