// What a page of ours does: the theme switch, links to a state of one exhibit, and the
// ways to other pages.

import { isYes, PAGE_PARAMETERS, PAGE_SWITCHES, parametersOf, wordOf } from "./attributes.js";
import { load } from "./faults.js";
import { closeMenus } from "./menu.js";
import { placeMeanings } from "./terms.js";
import { startTries } from "./tries.js";
import { keepVerdicts } from "./verdicts.js";

/** @import { Modules } from "./assets.js" */
/** @import { NtkPlayground } from "./element.js" */

/** The address follows the exhibit at most this often. */
const ADDRESS_INTERVAL = 400;

const root = document.documentElement;

// --- theme -------------------------------------------------------------------

/** @type {NodeListOf<HTMLButtonElement>} */
const themeButtons = document.querySelectorAll(".themes button");

function showTheme() {
  for (const button of themeButtons) {
    button.setAttribute("aria-pressed", String(button.value === root.dataset.theme));
  }
}

for (const button of themeButtons) {
  button.addEventListener("click", () => {
    root.dataset.theme = button.value;
    showTheme();
    const address = new URL(location.href);
    address.searchParams.set("theme", button.value);
    history.replaceState(history.state, "", address);
  });
}
showTheme();

// Print is on white, whatever the theme.
let onScreen = root.dataset.theme;
addEventListener("beforeprint", () => {
  onScreen = root.dataset.theme;
  root.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  root.dataset.theme = onScreen;
});

// --- one exhibit by link -----------------------------------------------------

/** @param {string} name @returns {NtkPlayground|null} */
const exhibitNamed = (name) => document.querySelector(`ntk-playground[data-page][exhibit="${CSS.escape(name)}"]`);

// This script runs before the one that defines the element, so the first run
// that is opened is already the one that the link asks for.
const asked = parametersOf(location.search);
const settings = new URLSearchParams([...asked].filter(([name]) => !PAGE_PARAMETERS.includes(name))).toString();
const wanted = wordOf(asked.get("exhibit"));
if (wanted !== null || settings) {
  const target = exhibitNamed(wanted ?? "spectrum");
  if (target) {
    if (settings) target.setAttribute("run", settings);
    if (wanted !== null && !target.closest(".first")) target.scrollIntoView();
  } else {
    // Let the first exhibit say that there is no such one, and offer a way on.
    document.querySelector("ntk-playground[data-page]")?.setAttribute("exhibit", wanted ?? "");
  }
}

for (const own of PAGE_SWITCHES.filter((name) => isYes(asked.get(name)))) {
  for (const exhibit of document.querySelectorAll("ntk-playground[data-page]")) exhibit.setAttribute(own, "");
}

let timer = 0;

/** Writes the run of an exhibit into the address. @param {NtkPlayground} exhibit */
function writeAddress(exhibit) {
  clearTimeout(timer);
  try {
    const query = new URLSearchParams(exhibit.link());
    const address = new URL(location.href).searchParams;
    for (const own of PAGE_PARAMETERS) {
      const value = own === "exhibit" ? exhibit.getAttribute(own) ?? "spectrum" : address.get(own);
      if (value !== null) query.set(own, value);
    }
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
  } catch {
    // An exhibit that has stopped says so itself; the address stays.
  }
}

/** @param {NtkPlayground} exhibit */
function followAddress(exhibit) {
  clearTimeout(timer);
  timer = setTimeout(writeAddress, ADDRESS_INTERVAL, exhibit);
}

// Only what a person does changes the address: a page that is merely watched
// keeps the one it was opened with.
/** @type {WeakSet<EventTarget>} */
const touched = new WeakSet();
for (const exhibit of /** @type {NodeListOf<NtkPlayground>} */ (document.querySelectorAll("ntk-playground[data-page]"))) {
  for (const event of ["pointerdown", "keydown"]) exhibit.addEventListener(event, () => touched.add(exhibit), { capture: true });
  exhibit.addEventListener("ntk-change", () => followAddress(exhibit));
  let wasRunning = false;
  exhibit.addEventListener("ntk-frame", () => {
    const paused = wasRunning && !exhibit.running;
    wasRunning = exhibit.running;
    if (paused && touched.has(exhibit)) followAddress(exhibit);
  });
}

startTries(exhibitNamed, writeAddress);
closeMenus();
placeMeanings();
keepVerdicts();

// --- other pages -----------------------------------------------------------------

// How the page is shown goes along: theme, language, hidden values.
addEventListener("click", ({ target }) => {
  const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (target).closest?.("a[href]"));
  if (!link || link.origin !== location.origin || !link.pathname.endsWith(".html")) return;
  if (link.getAttribute("href")?.startsWith("#")) return;
  const shown = new URLSearchParams(location.search);
  const address = new URL(link.href);
  for (const own of PAGE_PARAMETERS.filter((name) => name !== "exhibit")) {
    const value = shown.get(own);
    if (value !== null && !address.searchParams.has(own)) address.searchParams.set(own, value);
  }
  link.href = address.href;
}, { capture: true });

// --- keys on a projector -----------------------------------------------------

/** The exhibit that has most of the screen. @returns {NtkPlayground|undefined} */
function exhibitOnScreen() {
  const shares = [.../** @type {NodeListOf<NtkPlayground>} */ (document.querySelectorAll("ntk-playground[data-page]"))].map((exhibit) => {
    const { top, bottom } = exhibit.getBoundingClientRect();
    return { exhibit, share: Math.min(bottom, innerHeight) - Math.max(top, 0) };
  });
  return shares.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share)[0]?.exhibit;
}

// A lecturer has no hand for the mouse. Elsewhere single keys act only where
// the focus is, so that nobody sets off what they did not ask for.
addEventListener("keydown", (event) => {
  const free = document.activeElement === document.body || document.activeElement === null;
  if (root.dataset.theme !== "projector" || !free || event.ctrlKey || event.metaKey || event.altKey) return;
  try {
    if (exhibitOnScreen()?.press(event.key)) event.preventDefault();
  } catch {
    // It is still loading; the next key will find it.
  }
});

// --- without a network ---------------------------------------------------------

// The page that is served has a worker beside it, which keeps a copy of its files; the page
// that is a single file has none. It waits until all that is on the screen has come.
if (document.querySelector('link[rel="manifest"]') && "serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  const script = /** @type {HTMLScriptElement|null} */ (document.querySelector('script[type="module"]'))?.src;
  const tell = () => serviceWorker.controller?.postMessage(script);
  addEventListener("load", () => {
    // Where it is refused, the page needs a network as before.
    serviceWorker.register(new URL("service-worker.js", document.baseURI)).catch(() => {});
    // With the version of this page a worker knows which copies nobody needs any more.
    tell();
    serviceWorker.addEventListener("controllerchange", tell);
  });
}

// --- what stands far down ----------------------------------------------------

// An element that the first view does not load names its module; the module
// defines it. A picture names its file.
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const place = /** @type {HTMLElement} */ (target);
    if (!isIntersecting) continue;
    if (place instanceof HTMLImageElement) {
      place.src = place.dataset.src ?? "";
      near.unobserve(place);
      continue;
    }
    load(/** @type {keyof Modules} */ (place.dataset.module)).then(() => near.unobserve(place), (/** @type {Error} */ error) => {
      place.textContent = error.message;
    });
  }
}, { rootMargin: "500px" });
for (const place of document.querySelectorAll("[data-module], .picture img")) near.observe(place);
