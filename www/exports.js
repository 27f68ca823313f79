// What a person can take away or open: links, numbers, pictures, windows.

import { home } from "./assets.js";
import { flip } from "./attributes.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Messages } from "./messages.js" */

/**
 * @typedef {{words: string, help: string, act: () => void}} Action
 * @typedef {{label: string, actions: Action[], knob?: string}} ActionRow knob: what the actions set, where it has no other control
 * @typedef {{[name in "help"|"fullScreen"|"embed"|"twin"|"points"|"edit"]: () => unknown} & {meter: () => Promise<import("./performance.js").Meter>, numbers: (view?: string) => unknown}} Windows
 */

/** @param {Element} host */
export const exhibitOf = (host) => host.getAttribute("exhibit") ?? "spectrum";

/**
 * Address of the page that these scripts belong to, with this exhibit on it.
 * @param {Element} host
 * @param {string} [query]
 */
export function homeLink(host, query = "") {
  const page = home();
  page.search = query;
  page.searchParams.set("exhibit", exhibitOf(host));
  return page.href;
}

/** @param {NtkPlayground} host */
export const fileName = (host) => `${exhibitOf(host)}-step-${host.stepCount}`;

/**
 * The rows of actions in More.
 * @param {NtkPlayground} host
 * @param {Messages} messages
 * @param {Windows} windows
 * @param {(work: () => unknown) => void} tell shows an error as a sentence
 * @returns {ActionRow[]}
 */
export function exportActions(host, messages, windows, tell) {
  const row = (/** @type {string} */ label, /** @type {[string, string, () => unknown][]} */ ...actions) =>
    ({ label, actions: actions.map(([words, help, act]) => ({ words, help, act: () => tell(act) })) });
  const { numbers, help, fullScreen, embed, twin, points, edit } = windows;
  const data = host.knobs.find(({ kind }) => kind.type === "points")?.name;
  return [
    row("Compare", ["Second run\u2026", "A run beside this one that differs in one knob", twin]),
    ...(data ? [{ ...row("Own data", ["Points\u2026", "Typed, pasted or from a file", points], ["In the picture", "Add, move and remove points by pointing", edit]), knob: data }] : []),
    row("Share",
      ["Copy link", "A link that reproduces this run up to this step", () => copy(host, messages)],
      ["Embed\u2026", "The lines that put this exhibit into a page of yours", embed]),
    row("Save",
      ["CSV", "The numbers of all pictures, and all readings", () => save(`${fileName(host)}.csv`, host.csv(), "text/csv")],
      ["Pictures", "Every picture as SVG", () => {
        for (const view of Object.keys(host.charts)) save(`${fileName(host)}-${view}.svg`, host.svg(view), "image/svg+xml");
      }],
      ["JSON", "Weights, data and kernel, to be checked elsewhere", async () => save(`${fileName(host)}.json`, await host.json(), "application/json")]),
    row("Show",
      ["Numbers", "The numbers behind a picture as a table (T)", () => numbers()],
      ["Keys", "What the keyboard does (?)", help],
      ["Performance", "What takes time in a frame (P)", () => flip(host, "performance")],
      ["Hide values", "For questions to a class (H)", () => flip(host, "hide-values")],
      ...(document.fullscreenEnabled ? [/** @type {[string, string, () => unknown]} */ (["Full screen", "This exhibit alone (F)", fullScreen])] : [])),
  ];
}

/** @param {NtkPlayground} host @param {Messages} messages */
async function copy(host, messages) {
  const address = homeLink(host, host.link());
  const missing = host.linkNote;
  try {
    await navigator.clipboard.writeText(address);
    messages.remark(["The link is in the clipboard.", missing].filter(Boolean));
  } catch {
    // No clipboard without HTTPS or permission: the link can still be read.
    messages.remark([`The clipboard is closed to this page. The link is ${address}`, missing].filter(Boolean));
  }
}

/** @param {string} name @param {string|Blob} content @param {string} type */
export function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the blob only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
