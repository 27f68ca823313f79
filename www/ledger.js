// <ntk-ledger for="ID">: the claims table of one exhibit: what the theory says, what
// the run shows, and the verdict. Texts, numbers and verdicts come from the engine.

import css from "./ledger.css.js";
import { isOn } from "./attributes.js";
import { layoutOf } from "./layout.js";
import { define, h, Host, setSpans, setText, sheet, svg, viewOf, adoptSheet, readoptSheets } from "./dom.js";
import { exhibitOf } from "./exports.js";
import { showTheme, shownTheme, unwatchTheme, watchTheme } from "./theme-watch.js";
import { unfinished } from "./toolbar.js";

/** @import { Claim, Evidence, EvidenceMark } from "./ntk_playground.js" */
/** @import { NtkPlayground } from "./element.js" */

const styles = sheet(css);

/** Numbers are read, not watched: they follow a run a few times a second. */
const INTERVAL = 250;
/** Room between two words on a scale, in CSS pixels. */
const WORD_GAP = 10;

export const VERDICTS = {
  "holds": "Holds",
  "holds-by-construction": "Holds by construction",
  "partly": "Partly",
  "undecided": "Undecided",
  "does-not-hold": "Does not hold here",
  "not-claimed": "Not claimed",
  "not-yet": "Not yet",
};

/** @param {number} r @param {number} width @param {{[name: string]: string}} [more] */
const ring = (r, width, more = {}) => svg("circle", { cx: 10, cy: 10, r, fill: "none", stroke: "currentColor", "stroke-width": width, ...more });

/**
 * Marks told apart by form: disc with tick, disc with two bars, half disc, ring with a wave, ring with cross, a bar, dotted ring.
 * @type {{[verdict in Claim["verdict"]]: () => SVGElement[]}}
 */
const VERDICT_MARKS = {
  "holds": () => [svg("circle", { cx: 10, cy: 10, r: 9, fill: "currentColor" }),
    svg("path", { d: "M5.6 10.3l3 3 5.8-6.4", fill: "none", stroke: "var(--ntk-ground)", "stroke-width": 2 })],
  "holds-by-construction": () => [svg("circle", { cx: 10, cy: 10, r: 9, fill: "currentColor" }),
    svg("path", { d: "M5.8 8h8.4M5.8 12h8.4", fill: "none", stroke: "var(--ntk-ground)", "stroke-width": 2 })],
  "partly": () => [ring(8, 2), svg("path", { d: "M10 2a8 8 0 0 0 0 16z", fill: "currentColor" })],
  "does-not-hold": () => [ring(8, 1.75), svg("path", { d: "M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4", stroke: "currentColor", "stroke-width": 1.75 })],
  "undecided": () => [ring(8, 1.75), svg("path", { d: "M5.6 10.6c1.4-2.6 3-2.6 4.4-.6s3 2 4.4-.6", fill: "none", stroke: "currentColor", "stroke-width": 1.75 })],
  "not-claimed": () => [svg("path", { d: "M3 10h14", fill: "none", stroke: "currentColor", "stroke-width": 1.75 })],
  "not-yet": () => [ring(8, 1.75, { "stroke-dasharray": "1.75 2.44" })],
};

/** @param {Element} place @param {Claim["verdict"]} verdict */
export function drawVerdict(place, verdict) {
  place.replaceChildren(svg("svg", { viewBox: "0 0 20 20" }, ...VERDICT_MARKS[verdict]()));
}

/** One claim as a row that is updated in place. */
class Row {
  #evidenceKey = "";
  #verdict = "";
  /** @type {{below: HTMLElement[], above: HTMLElement[]}} */
  #words = { below: [], above: [] };

  /** @param {Claim} claim */
  constructor(claim) {
    this.shows = h("p", { class: "shows" });
    this.scale = h("div", { class: "scale", "aria-hidden": "true" });
    this.mark = h("span", { class: "mark", "aria-hidden": "true" });
    this.verdict = h("b", {});
    this.reason = h("span", { class: "reason" });
    this.root = h(
      "tr",
      { role: "row" },
      h("th", { role: "rowheader", scope: "row" }, claim.theory),
      h("td", { role: "cell" }, this.shows, this.scale),
      h("td", { role: "cell", class: "verdict" }, this.mark, h("span", { class: "said" }, this.verdict, this.reason)),
    );
  }

  /** @param {Claim} claim */
  update(claim) {
    setSpans(this.shows, claim.shows);
    if (this.#verdict !== claim.verdict) {
      this.#verdict = claim.verdict;
      drawVerdict(this.mark, claim.verdict);
      setText(this.verdict, VERDICTS[claim.verdict]);
    }
    setText(this.reason, claim.reason);
    const key = JSON.stringify(claim.evidence ?? null);
    if (key === this.#evidenceKey) return;
    this.#evidenceKey = key;
    this.scale.hidden = !claim.evidence;
    if (claim.evidence) this.#build(claim.evidence);
    this.place();
  }

  /** @param {Evidence} evidence */
  #build(evidence) {
    const word = (/** @type {string} */ text, /** @type {number} */ at, /** @type {string} */ row) => {
      const node = h("span", { class: `word ${row}`, "data-at": at }, text);
      return node;
    };
    const sign = (/** @type {EvidenceMark} */ mark, /** @type {string} */ kind) => {
      const node = h("span", { class: `sign ${kind}` });
      node.style.setProperty("--at", String(mark.at));
      return node;
    };
    // What lies beyond the scale points out of it.
    const past = (/** @type {EvidenceMark} */ mark) =>
      (mark.beyond ? [h("span", { class: `past ${mark.at > 0 ? "end" : "start"} role-${mark.role}` })] : []);
    const { thresholds, values } = evidence;
    // The words of thresholds come first, those of the deciding one before all: where there
    // is no room for all, the ends of the scale give way.
    this.#words.below = [
      ...thresholds.map((mark) => word(mark.words, mark.at, "below threshold-word")),
      word(evidence.start, 0, "below"),
      word(evidence.end, 1, "below"),
    ];
    this.#words.above = values.map((mark) => word(mark.words, mark.at, "above"));
    this.scale.replaceChildren(
      h("span", { class: "line" }),
      ...thresholds.flatMap((mark) => (mark.beyond ? past(mark) : [sign(mark, "threshold")])),
      ...values.map((mark) => sign(mark, `${mark.shape} role-${mark.role}`)),
      ...values.flatMap(past),
      ...this.#words.below, ...this.#words.above,
    );
  }

  /** Gives every word a place where it covers no other. */
  place() {
    const room = this.scale.clientWidth;
    if (!room) return;
    placeBelow(this.#words.below, room);
    placeAbove(this.#words.above, room);
  }
}

/** @param {HTMLElement} node @param {number} room */
function wish(node, room) {
  const width = node.offsetWidth;
  const middle = Number(node.dataset.at) * room;
  return { node, width, left: Math.min(room - width, Math.max(0, middle - width / 2)) };
}

/** @param {{left: number, node: HTMLElement}} word */
function put(word) {
  word.node.style.setProperty("left", `${Math.round(word.left)}px`);
}

/** @param {HTMLElement[]} nodes @param {number} room */
function placeBelow(nodes, room) {
  /** @type {{left: number, width: number}[]} */
  const taken = [];
  for (const node of nodes) {
    const word = wish(node, room);
    const covers = taken.some((other) => word.left < other.left + other.width + WORD_GAP && other.left < word.left + word.width + WORD_GAP);
    node.classList.toggle("yields", covers);
    if (covers) continue;
    taken.push(word);
    put(word);
  }
}

/** Pushes words apart: to the right first, then back inside. @param {HTMLElement[]} nodes @param {number} room */
function placeAbove(nodes, room) {
  const words = nodes.map((node) => wish(node, room)).sort((a, b) => Number(a.node.dataset.at) - Number(b.node.dataset.at));
  let from = 0;
  for (const word of words) {
    word.left = Math.max(word.left, from);
    from = word.left + word.width + WORD_GAP;
  }
  let to = room;
  for (const word of words.reverse()) {
    word.left = Math.min(word.left, to - word.width);
    to = word.left - WORD_GAP;
    put(word);
  }
}

export class NtkLedger extends Host {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #heading = h("h2", { id: "heading" }, "Claims: theory and this run");
  #caption = h("p", { class: "caption" });
  /** What verdicts wait for, a press away. */
  #remedy = h("button", { type: "button", class: "remedy", hidden: true, onclick: () => this.#remedied?.() });
  /** @type {(() => void)|null} */
  #remedied = null;
  #body = h("tbody", { role: "rowgroup" });
  /** @type {NtkPlayground|null} */
  #exhibit = null;
  #timer = 0;
  #onScreen = false;
  /** @type {(IntersectionObserver|ResizeObserver)[]} */
  #observers = [];

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    adoptSheet(shadow, styles);
    const columns = ["The theory says", "This run shows", "Verdict"].map((text) => h("th", { role: "columnheader", scope: "col" }, text));
    shadow.append(h("div", { class: "frame", lang: "en", dir: "ltr" },
      h("header", {}, this.#heading, this.#caption, this.#remedy),
      // Roles are spelled out because the narrow layout displays rows as
      // blocks, which takes their table meaning away.
      h("table", { role: "table", "aria-labelledby": "heading" },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns)), this.#body),
    ));
  }

  adoptedCallback() {
    readoptSheets(/** @type {ShadowRoot} */ (this.shadowRoot));
  }

  connectedCallback() {
    watchTheme(this);
    const { IntersectionObserver, ResizeObserver } = viewOf(this);
    const seen = new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      if (this.#onScreen) this.#update();
    }, { rootMargin: "200px" });
    this.#observers = [seen, new ResizeObserver(() => this.themeChanged())];
    for (const observer of this.#observers) observer.observe(this);
    const root = /** @type {Document|ShadowRoot} */ (this.getRootNode());
    this.#exhibit = /** @type {NtkPlayground|null} */ (root.getElementById(this.getAttribute("for") ?? ""));
    for (const event of ["ntk-ready", "ntk-frame", "ntk-change"]) this.#exhibit?.addEventListener(event, this.#soon);
    this.#update();
  }

  disconnectedCallback() {
    unwatchTheme(this);
    for (const observer of this.#observers) observer.disconnect();
    for (const event of ["ntk-ready", "ntk-frame", "ntk-change"]) this.#exhibit?.removeEventListener(event, this.#soon);
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  themeChanged() {
    for (const row of this.#rows.values()) row.place();
  }

  #soon = () => {
    // The first rows are for everyone, also for a reader that never scrolls.
    if (this.#timer || (!this.#onScreen && this.#rows.size > 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#update();
    }, INTERVAL);
  };

  /** The button for what the verdicts of this exhibit wait for, until it is set. */
  #showRemedy() {
    const exhibit = this.#exhibit;
    const { toolbar } = layoutOf(exhibit ? exhibitOf(exhibit) : "", [], exhibit?.knobs.map(({ name }) => name) ?? []);
    const item = toolbar.find(({ claims }) => claims);
    const on = item?.on;
    const waits = Boolean(exhibit && item && on && Number(exhibit.get(item.knob)) < Number(on));
    this.#remedy.hidden = !waits;
    if (!exhibit || !item || !on || !waits) return;
    setText(this.#remedy, item.claims ?? "");
    this.#remedied = () => {
      exhibit.set(item.knob, on);
      exhibit.play();
    };
  }

  #update() {
    let claims;
    try {
      claims = this.#exhibit?.ledger ?? [];
      const hidden = this.#exhibit !== null && isOn(this.#exhibit, "hide-values");
      this.toggleAttribute("hide-values", hidden);
      setText(this.#caption, hidden ? "values are hidden" : captionOf(this.#exhibit));
      this.#showRemedy();
    } catch {
      // The exhibit has stopped and says so itself; its last verdicts stay.
      return;
    }
    if (claims.length && !shownTheme(this)) showTheme(this);
    for (const claim of claims) {
      let row = this.#rows.get(claim.name);
      if (!row) {
        row = new Row(claim);
        this.#rows.set(claim.name, row);
        this.#body.append(row.root);
      }
      row.update(claim);
    }
  }
}

/** The settings, and where a run stands that is not over. @param {Pick<NtkPlayground, "caption" | "progress" | "stepCount" | "running">|null} exhibit */
export function captionOf(exhibit) {
  const progress = exhibit?.progress;
  if (!exhibit || !progress) return "";
  const where = exhibit.stepCount ? unfinished(progress, exhibit.running) : "";
  // The step is said once, with the last one.
  return where ? `${exhibit.caption.replace(/,? ?\bstep [\d\u202f]+( of [\d\u202f]+)?/, "")}; ${where}` : exhibit.caption;
}

// Twice on a page is once: an element can be defined only once.
define("ntk-ledger", NtkLedger);
