// What a person can take away or open: links, numbers, pictures, windows.

import { flip } from "./attributes.js";
import { load } from "./faults.js";
import { addresses } from "./addresses.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Messages } from "./messages.js" */

/**
 * @typedef {{words: string, help: string, act: () => void}} Action
 * @typedef {{label: string, actions: Action[], knob?: string}} ActionRow knob: what the actions set, where it has no other control
 * @typedef {{[name in "help"|"fullScreen"|"embed"|"compare"|"points"|"edit"]: () => unknown} & {numbers: (view?: string) => unknown}} Windows
 */

/** @param {Element} host */
export const exhibitOf = (host) => host.getAttribute("exhibit") ?? "spectrum";

/** @param {Element} host @param {string} query */
function queryWith(host, query) {
  const full = new URLSearchParams(query);
  full.set("exhibit", exhibitOf(host));
  return full;
}

/**
 * Address of the page of all exhibits, with this one on it, or null where nobody has
 * said where that is.
 * @param {Element} host
 * @param {string} [query]
 */
export function homeLink(host, query = "") {
  return addresses.home === null ? null : `${addresses.home}?${queryWith(host, query)}`;
}

/** @param {NtkPlayground} host */
export const fileName = (host) => `${exhibitOf(host)}-step-${host.stepCount}`;

/**
 * The rows of actions in More.
 * @param {NtkPlayground} host
 * @param {Messages} messages
 * @param {Windows} windows
 * @param {(work: () => unknown) => void} attempt shows an error as a sentence
 * @returns {ActionRow[]}
 */
export function exportActions(host, messages, windows, attempt) {
  const row = (/** @type {string} */ label, /** @type {[string, string, () => unknown][]} */ ...actions) =>
    ({ label, actions: actions.map(([words, help, act]) => ({ words, help, act: () => attempt(act) })) });
  const { numbers, help, fullScreen, embed, compare, points, edit } = windows;
  const data = host.knobs.find(({ kind }) => kind.type === "points")?.name;
  return [
    row("Compare", ["Second run\u2026", "Compare with a run that differs in one knob", compare]),
    ...(data ? [{ ...row("Your data", ["Points\u2026", "Type, paste or open a file", points], ["In the chart", "Add, move and remove points with the pointer", edit]), knob: data }] : []),
    row("Share",
      ["Copy link", "A link that reproduces this run up to this step", () => copy(host, messages)],
      ["Embed\u2026", "HTML that embeds this exhibit in your page", embed]),
    row("Save",
      ["CSV", "The numbers of all charts, and all metrics", () => save(`${fileName(host)}.csv`, host.csv(), "text/csv")],
      ["Pictures", "Every chart as SVG, in one zip file", async () => {
        const name = fileName(host);
        const files = host.views.map(({ name: view }) => /** @type {[string, string]} */ ([`${name}-${view}.svg`, host.svg(view)]));
        save(`${name}.zip`, (await load("zip")).zip(files), "application/zip");
      }],
      ["JSON", "Weights, data and kernel, for a check elsewhere", async () => save(`${fileName(host)}.json`, await host.json(), "application/json")]),
    row("Show",
      ["Numbers", "The numbers of a chart as a table (T)", () => numbers()],
      ["Keys", "What the keyboard does (?)", help],
      ["Performance", "Where the time of a frame goes (P)", () => flip(host, "performance")],
      ["Hide values", "Hide the numbers, for questions to a class (H)", () => flip(host, "hide-values")],
      ...(document.fullscreenEnabled ? [/** @type {[string, string, () => unknown]} */ (["Full screen", "This exhibit alone (F)", fullScreen])] : [])),
  ];
}

/** @param {NtkPlayground} host @param {Messages} messages */
async function copy(host, messages) {
  const link = homeLink(host, host.link());
  const text = link ?? String(queryWith(host, host.link()));
  const what = link ? "link" : "query of a link to this run (the address of the page of all exhibits is unknown here)";
  const missing = host.linkNote;
  try {
    await navigator.clipboard.writeText(text);
    messages.remark([`The ${what} is in the clipboard.`, missing].filter(Boolean));
  } catch {
    // No clipboard without HTTPS or permission: the link can still be read.
    messages.remark([`Clipboard access was denied. Copy this ${what}: ${text}`, missing].filter(Boolean));
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
