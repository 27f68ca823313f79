// <ntk-claims>: every claim of every exhibit in one table. What the theory says
// and how our runs judged it comes from claims.json, which a study has written;
// the verdicts on the reader's own runs come from the exhibits of the page, and from
// those of other pages what they have kept.

import css from "./claims.css.js";
import { ask } from "./assets.js";
import { define, h, Host, setText, sheet, adoptSheet, readoptSheets } from "./dom.js";
import { isOn } from "./attributes.js";
import { captionOf, drawVerdict, VERDICTS } from "./ledger.js";
import { showTheme, unwatchTheme, watchTheme } from "./theme-watch.js";
import { keptRun } from "./verdicts.js";

/** @import { Claim } from "./ntk_playground.js" */
/** @import { NtkPlayground } from "./element.js" */
/**
 * @typedef {Claim["verdict"]} Verdict
 * @typedef {{name: string, theory: string, counts: number[], verdict: Verdict, evidence: string, again?: Verdict}} JudgedClaim counts: runs that ended with each of `verdicts`; again: the verdict on the second seeds
 * @typedef {{name: string, title: string, note?: string, claims: JudgedClaim[]}} JudgedExhibit
 * @typedef {{command: string, date: string, commit: string, seeds: number[], again: number[], verdicts: Verdict[], exhibits: JudgedExhibit[]}} Judged
 */

const styles = sheet(css);

/** Verdicts are read, not watched: they follow a run once a second. */
const INTERVAL = 1000;
const EVENTS = ["ntk-ready", "ntk-frame", "ntk-change"];

/** One claim: the theory, the reader's run, our runs. */
class Row {
  /** @type {Verdict|null} */
  verdict = null;
  #mark = h("span", { class: "mark", "aria-hidden": "true" });
  #word = h("b", {}, "Not run yet");
  #reason = h("span", { class: "reason" });

  /** @param {string} theory @param {(Node|string)[]} ours */
  constructor(theory, ours) {
    this.root = h("tr", { role: "row", class: "idle" },
      h("th", { role: "rowheader", scope: "row" }, theory),
      h("td", { role: "cell", "data-label": "Your run", class: "own" }, this.#mark, h("span", { class: "said" }, this.#word, this.#reason)),
      h("td", { role: "cell", "data-label": "Our runs", class: "ours" }, ...ours),
    );
  }

  /** @param {Pick<Claim, "verdict"|"reason">|null} claim */
  update(claim) {
    setText(this.#reason, claim?.reason ?? "");
    const verdict = claim?.verdict ?? null;
    if (this.verdict === verdict) return;
    this.verdict = verdict;
    this.root.classList.toggle("idle", !verdict);
    if (verdict) drawVerdict(this.#mark, verdict);
    else this.#mark.replaceChildren();
    setText(this.#word, verdict ? VERDICTS[verdict] : "Not run yet");
  }
}

/** One exhibit with its claims. */
class Group {
  /** Whether its run has gone on since the last update. */
  stale = true;
  /** Whether its run is over: only then its verdicts are added up. */
  over = false;
  /** @type {Map<string, Row>} */
  rows = new Map();
  #caption = h("td", { role: "cell", class: "caption" });

  #name = "";

  /**
   * @param {JudgedExhibit} judged
   * @param {Verdict[]} verdicts
   * @param {NtkPlayground|null} exhibit
   * @param {string|undefined} page where it is, if not here
   */
  constructor(judged, verdicts, exhibit, page) {
    this.exhibit = exhibit;
    this.#name = judged.name;
    const section = exhibit?.closest("section")?.id || exhibit?.id;
    const place = section ? `#${section}` : page;
    const title = place ? h("a", { href: place }, judged.title) : judged.title;
    this.root = h("tbody", { role: "rowgroup" }, h("tr", { role: "row", class: "exhibit" },
      h("th", { role: "rowheader", scope: "rowgroup" }, title), this.#caption,
      h("td", { role: "cell", class: "caption" }, judged.note ?? "")));
    for (const claim of judged.claims) this.#add(claim.name, claim.theory, overall(claim, verdicts));
  }

  /** @param {string} name @param {string} theory @param {(Node|string)[]} ours */
  #add(name, theory, ours) {
    const row = new Row(theory, ours);
    this.rows.set(name, row);
    this.root.append(row.root);
    return row;
  }

  update() {
    this.stale = false;
    try {
      const run = this.exhibit?.stepCount ? this.exhibit : null;
      const kept = this.exhibit ? null : keptRun(this.#name);
      this.over = (run ?? kept)?.progress?.over ?? false;
      const hidden = run !== null && isOn(run, "hide-values");
      const claims = new Map((hidden ? [] : (run ?? kept)?.ledger ?? []).map((claim) => [claim.name, claim]));
      setText(this.#caption, hidden ? "values are hidden" : captionOf(run ?? kept));
      for (const [name, row] of this.rows) row.update(claims.get(name) ?? null);
      for (const [name, claim] of claims) {
        // A claim that no run of ours has met.
        if (!this.rows.has(name)) this.#add(name, claim.theory, ["—"]).update(claim);
      }
    } catch {
      // The exhibit has stopped and says so itself; its last verdicts stay.
    }
  }
}

/**
 * The verdict over all our runs with what it rests on.
 * @param {JudgedClaim} claim
 * @param {Verdict[]} verdicts
 * @returns {(Node|string)[]}
 */
function overall({ counts, verdict, evidence }, verdicts) {
  if (counts.reduce((sum, count) => sum + count, 0) === 0) return ["—"];
  const mark = h("span", { class: "mark", "aria-hidden": "true" });
  drawVerdict(mark, verdict);
  // A run of ours is over: what it has not judged, it never will.
  const word = verdict === "not-yet" ? "Not judged" : VERDICTS[verdict].replace(" here", "");
  const given = verdicts.flatMap((one, i) => (counts[i] ? [`${one} ${counts[i]}`] : []));
  return [h("span", { class: "tally", "data-runs": given.join(", ") }, mark,
    h("span", { class: "count" }, h("b", {}, word), " ", h("span", { class: "evidence" }, evidence)))];
}

export class NtkClaims extends Host {
  /** @type {Group[]} */
  #groups = [];
  #summary = h("p", { class: "summary" });
  #origin = h("p", { class: "origin" });
  #table = h("table", { role: "table", "aria-label": "All claims", hidden: true });
  #timer = 0;
  #onScreen = false;
  #seen = new IntersectionObserver((entries) => {
    this.#onScreen = entries[entries.length - 1].isIntersecting;
    if (this.#onScreen) this.#update();
  }, { rootMargin: "200px" });

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    adoptSheet(shadow, styles);
    const columns = ["The theory says", "Your run", "Our runs"].map((text) => h("th", { role: "columnheader", scope: "col" }, text));
    // Roles are spelled out because the narrow layout displays rows as blocks,
    // which takes their table meaning away.
    this.#table.append(h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns)));
    shadow.append(this.#summary, this.#origin, this.#table);
    void this.#load();
  }

  adoptedCallback() {
    readoptSheets(/** @type {ShadowRoot} */ (this.shadowRoot));
  }

  connectedCallback() {
    watchTheme(this);
    showTheme(this);
    this.#seen.observe(this);
    for (const event of EVENTS) document.addEventListener(event, this.#soon);
  }

  disconnectedCallback() {
    unwatchTheme(this);
    this.#seen.disconnect();
    for (const event of EVENTS) document.removeEventListener(event, this.#soon);
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  themeChanged() {}

  async #load() {
    try {
      const response = await ask("claims.json");
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      this.#build(/** @type {Judged} */ (await response.json()));
    } catch (error) {
      setText(this.#summary, `The claims could not be loaded: ${/** @type {Error} */ (error).message}. Reload the page to try again.`);
    }
  }

  /** @param {Judged} judged */
  #build(judged) {
    const span = (/** @type {number[]} */ seeds) => `${seeds[0]} to ${seeds[seeds.length - 1]}`;
    const again = judged.again.length ? `, and again on ${span(judged.again)}: what the two do not agree on is undecided` : "";
    this.#origin.replaceChildren(
      `Our runs: each exhibit at its defaults to the end, once a seed, seeds ${span(judged.seeds)} unless a row says otherwise${again}. The rules were fixed before. `,
      h("code", {}, judged.command), `, ${judged.date}, commit `, h("code", {}, judged.commit), ".",
    );
    /** @type {{[exhibit: string]: string}} */
    const pages = JSON.parse(this.dataset.pages ?? "{}");
    this.#groups = judged.exhibits.map((one) => {
      const exhibit = document.querySelector(`ntk-playground[data-page][exhibit="${CSS.escape(one.name)}"]`);
      return new Group(one, judged.verdicts, /** @type {NtkPlayground|null} */ (exhibit), pages[one.name]);
    });
    this.#table.append(...this.#groups.map((group) => group.root));
    this.#table.hidden = false;
    this.#update();
  }

  /** @param {Event} event */
  #soon = (event) => {
    const group = this.#groups.find(({ exhibit }) => exhibit === event.target);
    if (!group) return;
    group.stale = true;
    if (this.#timer || !this.#onScreen) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#update();
    }, INTERVAL);
  };

  #update() {
    for (const group of this.#groups) {
      if (group.stale) group.update();
    }
    const given = this.#groups.flatMap((group) => [...group.rows.values()].map((row) => (group.over ? row.verdict : null)));
    if (given.length === 0) return;
    const of = (/** @type {Verdict} */ verdict) => given.filter((one) => one === verdict).length;
    const [holds, partly, fails] = [of("holds") + of("holds-by-construction"), of("partly"), of("does-not-hold")];
    const undecided = of("undecided");
    const left = given.length - holds - partly - fails - undecided;
    const text = `Of ${given.length} claims, your runs that are over: ${holds} ${holds === 1 ? "holds" : "hold"}, ${partly} partly, `
      + `${undecided} undecided, ${fails} ${fails === 1 ? "does" : "do"} not hold, ${left} not run to the end or not judged.`;
    setText(this.#summary, text);
  }
}

define("ntk-claims", NtkClaims);
