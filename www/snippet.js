// The lines that put an exhibit, as it stands, into another page.

import { isOn, mayBeKnob } from "./attributes.js";
import { exhibitOf, fileName, homeLink } from "./exports.js";
import { layoutOf } from "./layout.js";

/** @import { NtkPlayground } from "./element.js" */

/** Everything as one script that is no module. */
const BUNDLE = "ntk-playground.bundle.js";
/** What stands for an address that nobody can know yet. */
const PLACE = "https://example.org/ntk-playground/";

/**
 * What is asked for.
 * @typedef {object} Wish
 * @property {"element"|"iframe"|"script"|"react"|"picture"} form
 * @property {string[]|null} views null for all
 * @property {string[]|null} controls null for all
 * @property {string} theme `auto` for that of the reader's system
 * @property {boolean} autoplay
 * @property {boolean} here at the present step, not at step 0
 * @property {boolean} transparent a frame without a background
 * @property {boolean} grows a frame that takes the height of what is in it
 */

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * A start tag and its end. An empty value leaves only the name.
 * @param {string} name
 * @param {[string, string][]} attributes
 */
const tag = (name, attributes) =>
  `<${name} ${attributes.map(([key, value]) => (value === "" ? key : `${key}="${escaped(value)}"`)).join(" ")}></${name}>`;

/**
 * The folder these scripts came from, or null when no other page can load them from there.
 * @param {Element} host
 */
export function folderOf(host) {
  const page = homeLink(host);
  const folder = page && new URL("./", page);
  return folder && /^https?:$/.test(folder.protocol) ? folder.href : null;
}

/**
 * What decides on the run: settings, and what has been changed on the way if
 * it is to begin at the present step.
 * @param {NtkPlayground} host
 * @param {boolean} here
 */
function runOf(host, here) {
  if (here) {
    const query = new URLSearchParams(host.link());
    query.delete("exhibit");
    return [...query];
  }
  // What is no knob, such as points of one's own, belongs to step 0 as well.
  const names = new Set(host.knobs.map(({ name }) => name));
  const rest = [...new URLSearchParams(host.link())].filter(([name]) => !names.has(name) && !["exhibit", "changes", "step"].includes(name));
  const knobs = host.knobs.map((knob) => /** @type {[string, string]} */ ([knob.name, host.get(knob.name)]));
  return [...knobs.filter(([, value], i) => value !== host.knobs[i].default), ...rest];
}

/**
 * How it is shown, by the names that the element and the page in a frame share.
 * @param {NtkPlayground} host
 * @param {Wish} wish
 */
function showing(host, { views, controls, theme, autoplay }) {
  /** @type {[string, string][]} */
  const list = [];
  if (views) list.push(["views", views.join(" ") || "none"]);
  if (controls) list.push(["controls", controls.join(" ") || "none"]);
  if (theme !== "auto") list.push(["theme", theme]);
  if (autoplay) list.push(["autoplay", ""]);
  if (isOn(host, "hide-values")) list.push(["hide-values", ""]);
  return list;
}

/**
 * Address of the page for frames.
 * @param {NtkPlayground} host
 * @param {Wish} wish
 */
export function frameAddress(host, wish) {
  const parameters = [["exhibit", exhibitOf(host)], ...runOf(host, wish.here), ...showing(host, wish)];
  if (wish.transparent) parameters.push(["transparent", ""]);
  const query = parameters.map(([name, value]) => {
    // A space as a plus, and a switch without its sign of equality, are easier to read.
    const text = encodeURIComponent(value).replaceAll("%20", "+");
    return text === "" ? name : `${encodeURIComponent(name)}=${text}`;
  });
  return `${folderOf(host) ?? PLACE}embed.html?${query.join("&")}`;
}

/**
 * Height of a frame in a column of about 640 pixels, never too little: what
 * the style sheet gives each part, and a toolbar that wraps where it may.
 * @param {NtkPlayground} host
 * @param {Wish} wish
 */
function frameHeight(host, { views, controls, theme }) {
  const layout = layoutOf(exhibitOf(host), host.views.map(({ name }) => name), host.knobs.map(({ name }) => name));
  const big = theme === "projector";
  const caption = big ? 24 : 20;
  const card = views !== null || controls !== null;
  const [tall, short] = card ? [big ? 292 : 252, 184] : big ? [292, 232] : [252, 188];
  const gap = card ? 12 : 8;
  // Two columns of equal height, and views of full width below them.
  const rows = views ? Array.from({ length: Math.ceil(views.length / 2) }, () => short)
    : layout.cells.filter(({ column }) => column !== "right").map((cell) => (cell.short ? short : tall));
  const plots = rows.reduce((sum, height) => sum + caption + height + gap, 0);
  if (!card) return plots + 274;
  const lines = Math.ceil((controls ?? layout.toolbar).length / 2);
  const toolbar = lines === 0 && controls ? 0 : 22 + 60 * Math.max(1, lines);
  return 53 + plots + toolbar + (big ? 18 : 0);
}

/** The name of the file of a view. @param {NtkPlayground} host @param {string} view */
export const pictureName = (host, view) => `${fileName(host)}-${view}.svg`;

/** Views as they stand, one picture each. @param {NtkPlayground} host @param {string[]} views */
function pictures(host, views) {
  const charts = host.charts;
  return views.map((view) => `<img src="${escaped(pictureName(host, view))}" alt="${escaped(charts[view].description)}">`).join("\n");
}

/** The lines. @param {NtkPlayground} host @param {Wish} wish */
export function snippet(host, wish) {
  if (wish.form === "picture") return pictures(host, wish.views ?? host.views.map(({ name }) => name));
  const folder = folderOf(host) ?? PLACE;
  if (wish.form !== "iframe") {
    const run = runOf(host, wish.here);
    // JSX knows no points in names.
    const fits = (/** @type {string} */ name) => mayBeKnob(name) && !(wish.form === "react" && name.includes("."));
    /** @type {[string, string][]} */
    const attributes = [["exhibit", exhibitOf(host)], ...run.filter(([name]) => fits(name)), ...showing(host, wish)];
    // A name that cannot be an attribute's goes into the one that holds a query.
    const others = new URLSearchParams(run.filter(([name]) => !fits(name))).toString();
    if (others) attributes.push(["run", others]);
    const element = tag("ntk-playground", attributes);
    if (wish.form === "react") return `import "ntk-playground";\n\n${element.replace("></ntk-playground>", " />")}`;
    const script = wish.form === "script" ? `<script src="${escaped(folder)}${BUNDLE}"></script>` : `<script type="module" src="${escaped(folder)}ntk-playground.js"></script>`;
    return `${script}\n${element}`;
  }
  const frame = tag("iframe", [
    ["src", frameAddress(host, wish)],
    ["title", `ntk-playground: ${exhibitOf(host)}`],
    ["width", "100%"],
    ["height", String(frameHeight(host, wish))],
    ["frameborder", "0"],
    ["allow", "fullscreen; clipboard-write"],
    ["loading", "lazy"],
  ]);
  return wish.grows ? `${frame}\n<script src="${escaped(folder)}embed-host.js" defer></script>` : frame;
}
