// The list of keys, from the table that the listener reads.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { KEYS } from "./keys.js";

/** @import { Place } from "./keys.js" */

/** @param {Place} place */
export function showKeys(place) {
  const rows = KEYS.filter((key) => key.there?.(place) !== false).map(({ shown, words }) =>
    h("tr", {}, h("th", { scope: "row" }, ...shown.map((one) => h("kbd", {}, one))), h("td", {}, words)));
  openDialog(/** @type {ShadowRoot} */ (place.host.shadowRoot), "Keys",
    h("p", {}, "Keys act on the focused exhibit. In the projector theme they need no focus and act on the exhibit on the screen."),
    h("table", { class: "keys" }, h("tbody", {}, ...rows)));
}
