// What a person can take away: a link, the numbers, the pictures.

/** @import { NtkPlayground } from "./element.js" */
/** @import { Messages } from "./messages.js" */

/** @param {Element} host */
export const exhibitOf = (host) => host.getAttribute("exhibit") ?? "spectrum";

/**
 * Address of the page that these scripts belong to, with this exhibit on it.
 * @param {Element} host
 * @param {string} [query]
 */
export function homeLink(host, query = "") {
  const home = new URL("./", import.meta.url);
  home.search = query;
  home.searchParams.set("exhibit", exhibitOf(host));
  return home.href;
}

/**
 * @param {NtkPlayground} host
 * @param {Messages} messages
 * @param {(work: () => unknown) => void} tell shows an error as a sentence
 */
export function exportActions(host, messages, tell) {
  const name = () => `${exhibitOf(host)}-step-${host.stepCount}`;
  return [
    { words: "Copy link", help: "A link that reproduces this run up to this step", act: () => tell(() => copy(homeLink(host, host.link()), messages)) },
    { words: "Embed\u2026", help: "The lines that put this exhibit into a page of yours", act: () => embed(host, tell) },
    { words: "Save data", help: "The numbers of all views as CSV", act: () => tell(() => save(`${name()}.csv`, host.csv(), "text/csv")) },
    {
      words: "Save pictures",
      help: "Every view as SVG",
      act: () => tell(() => {
        for (const view of Object.keys(host.charts)) save(`${name()}-${view}.svg`, host.svg(view), "image/svg+xml");
      }),
    },
  ];
}

/**
 * The window with the lines to paste, loaded when it is first asked for.
 * @param {NtkPlayground} host
 * @param {(work: () => unknown) => void} tell
 */
export function embed(host, tell) {
  import("./embed-dialog.js").then(
    ({ showEmbed }) => tell(() => showEmbed(host)),
    (error) => tell(() => { throw error; }),
  );
}

/** @param {string} address @param {Messages} messages */
async function copy(address, messages) {
  try {
    await navigator.clipboard.writeText(address);
    messages.remark(["The link is in the clipboard."]);
  } catch {
    // No clipboard without HTTPS or permission: the link can still be read.
    messages.remark([address]);
  }
}

/** @param {string} name @param {string} text @param {string} type */
function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the blob only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
