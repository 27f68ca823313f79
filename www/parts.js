// What stands inside the element: figures, toolbar and foot, as the attributes
// `views` and `controls` ask for.

import { wordsOf } from "./attributes.js";
import { h } from "./dom.js";
import { exhibitOf, homeLink } from "./exports.js";
import { Figure } from "./figure.js";
import { layoutOf } from "./layout.js";
import { Toolbar } from "./toolbar.js";
import { pictureStyle } from "./theme-watch.js";

/** @import { Playground } from "./wasm.js" */
/** @import { Session } from "./session.js" */
/** @import { Messages } from "./messages.js" */
/** @import { ToolbarHost } from "./toolbar.js" */

/**
 * @typedef {object} Parts
 * @property {Figure[]} figures
 * @property {Toolbar} toolbar
 * @property {HTMLElement} foot the line of a card that says what is shown
 * @property {boolean} card
 * @property {Node[]} nodes
 *
 * @typedef {Omit<ToolbarHost, "randomSeed"|"stepCount"> & {probe: (change: (p: Playground) => boolean) => void, redraw: () => void, embed: () => void}} Actions
 */

/** Whether only some views or controls are asked for. @param {HTMLElement} host */
export function isCard(host) {
  return wordsOf(host, "views") !== null || wordsOf(host, "controls") !== null;
}

/**
 * @param {HTMLElement} host
 * @param {Session} session
 * @param {Messages} messages
 * @param {Actions} actions
 * @returns {Parts}
 */
export function buildParts(host, session, messages, actions) {
  const views = wordsOf(host, "views");
  const controls = wordsOf(host, "controls");
  const card = isCard(host);
  const layout = layoutOf(exhibitOf(host), session.views.map((view) => view.name), session.knobs.map((knob) => knob.name));
  // Of a selection all views are equal: there is no grid to keep.
  const cells = views
    ? layout.cells.filter((cell) => views.includes(cell.view)).map(({ view }) => /** @type {import("./layout.js").Cell} */ ({ view, short: true }))
    : layout.cells;
  const figures = cells.map((cell) => {
    const view = session.views.find((one) => one.name === cell.view) ?? { name: cell.view, title: cell.view };
    return new Figure(view, cell, {
      point: (figure, x, y) => actions.probe((p) => p.probe(figure.view, x, y, figure.width, figure.height, pictureStyle(host))),
      leave: () => actions.probe((p) => p.probeClear()),
      redraw: actions.redraw,
    });
  });
  const isBelow = (/** @type {import("./layout.js").Cell} */ cell) => cell.below === true || cell.column === "full";
  const roots = (/** @type {boolean} */ below) => figures.filter((_, i) => isBelow(cells[i]) === below).map((figure) => figure.root);
  const toolbar = new Toolbar(session.knobs, layout, controls, {
    ...actions,
    randomSeed: () => session.randomSeed(),
    stepCount: () => session.call((p) => p.stepCount),
  });
  const foot = h("span");
  const home = homeLink(host);
  const colophon = h("div", { class: "colophon" }, foot, h("span", { class: "away" },
    h("button", { type: "button", class: "quiet", title: "HTML that embeds this exhibit in your page", onclick: actions.embed }, "Embed"),
    home ? h("a", { href: home, target: "_blank", rel: "noopener" }, "ntk-playground\u00a0\u2197") : "ntk-playground"));
  const bare = controls !== null && controls.length === 0;
  return {
    figures,
    toolbar,
    foot,
    card,
    nodes: [
      h("div", { class: "views" }, ...roots(false)),
      ...(bare ? [] : [toolbar.root]),
      messages.foot,
      ...(roots(true).length ? [h("div", { class: "views below" }, ...roots(true))] : []),
      ...(card ? [colophon] : []),
    ],
  };
}

/**
 * Sentences about views and controls that the exhibit does not have.
 * @param {HTMLElement} host
 * @param {Session} session
 */
export function unknownWords(host, session) {
  const check = (/** @type {string} */ attribute, /** @type {string[]} */ known) =>
    (wordsOf(host, attribute) ?? [])
      .filter((word) => !known.includes(word))
      .map((word) => `${attribute}: there is no \u201c${word}\u201d here; there are ${known.join(", ")}.`);
  return [
    ...check("views", session.views.map((view) => view.name)),
    ...check("controls", session.knobs.map((knob) => knob.name)),
  ];
}
