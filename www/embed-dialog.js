// The window that gives out the lines to embed an exhibit.

import css from "./embed-dialog.css.js";
import { isOn, wordsOf } from "./attributes.js";
import { openDialog } from "./dialog.js";
import { h, setText, sheet, adoptSheet } from "./dom.js";
import { exhibitOf, fileName, save } from "./exports.js";
import { layoutOf } from "./layout.js";
import { folderOf, frameAddress, pictureName, snippet } from "./snippet.js";
import { formatCount } from "./toolbar.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Wish } from "./snippet.js" */

const styles = sheet(css);

/**
 * Buttons of which one is chosen, as native radio buttons.
 * @param {string} name
 * @param {string} label
 * @param {[string, string][]} options value and words
 * @param {string} chosen
 */
function choice(name, label, options, chosen) {
  return h("div", { class: "choice", role: "radiogroup", "aria-label": label }, h("span", { class: "label", "aria-hidden": "true" }, label),
    h("div", { class: "options" }, ...options.map(([value, words]) =>
      h("label", {}, h("input", { type: "radio", name, value, checked: value === chosen }), h("span", { class: "option" }, words)))));
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} words
 * @param {boolean} checked
 */
const box = (name, value, words, checked) =>
  h("label", { class: "box" }, h("input", { type: "checkbox", name, value, checked }), h("span", {}, words));

/**
 * @param {NtkPlayground} host
 */
export function showEmbed(host) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  adoptSheet(root, styles);

  const { views, knobs } = host;
  const layout = layoutOf(exhibitOf(host), views.map(({ name }) => name), knobs.map(({ name }) => name));
  const [shownViews, shownControls] = [wordsOf(host, "views"), wordsOf(host, "controls")];
  // In the order in which they stand on the page; what is in More comes last.
  const viewNames = layout.cells.map(({ view }) => view);
  const toolbar = layout.toolbar.map(({ knob }) => knob);
  const knobNames = [...toolbar, ...knobs.map(({ name }) => name).filter((name) => !toolbar.includes(name))];
  const someViews = shownViews ?? viewNames.slice(0, 2);
  const someControls = shownControls?.length ? shownControls : toolbar.slice(0, 2);
  const step = host.stepCount;
  const link = new URLSearchParams(host.link());
  const moved = step > 0 || link.has("changes");
  /** @type {[string, string][]} */
  const themes = [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"], ["projector", "Projector"]];
  // Whatever else the attribute says is that of the reader's system, as in the element.
  const theme = themes.find(([name]) => name === host.getAttribute("theme"))?.[0] ?? "auto";

  const viewBoxes = h("div", { class: "boxes", role: "group", "aria-label": "Charts" },
    ...viewNames.map((name) => box("view", name, views.find((one) => one.name === name)?.title ?? name, someViews.includes(name))));
  const controlBoxes = h("div", { class: "boxes many", role: "group", "aria-label": "Controls" },
    ...knobNames.map((name) => box("control", name, layout.toolbar.find(({ knob }) => knob === name)?.label ?? knobs.find((one) => one.name === name)?.label ?? name, someControls.includes(name))));
  const autoplay = box("autoplay", "", "Plays automatically", isOn(host, "autoplay") || host.running);
  const here = box("here", "", `Replays to step ${formatCount(step)} and pauses`, false);
  const transparent = box("transparent", "", "Transparent", false);
  const grows = box("grows", "", "Height follows the content", true);
  const lines = h("textarea", { readonly: true, spellcheck: "false", "aria-label": "Lines to paste" });
  const said = h("span", { class: "said", role: "status" });
  const alone = h("a", { target: "_blank", rel: "noopener" }, "See it alone\u00a0\u2197");
  const note = h("p", { class: "small" });

  const themeChoice = choice("theme", "Theme", themes, theme);
  const controlChoice = choice("controls", "Controls", [["all", "All, with More"], ["some", "Some"], ["none", "None"]], !shownControls ? "all" : shownControls.length ? "some" : "none");
  const ways = h("div", { class: "boxes last" }, autoplay, here, transparent, grows);
  const form = h("form", { class: "embed" },
    h("div", { class: "pairs" },
      choice("form", "Paste as", [["element", "Element"], ["iframe", "iframe"], ["script", "One script"], ["react", "React"], ["picture", "Picture"]], "element"),
      themeChoice,
      choice("views", "Charts", [["all", "All"], ["some", "Some"]], shownViews ? "some" : "all"), viewBoxes,
      controlChoice, controlBoxes),
    ways);
  form.addEventListener("submit", (event) => event.preventDefault());

  const ticked = (/** @type {HTMLElement} */ part) => /** @type {HTMLInputElement} */ (part.querySelector("input"));
  /** @returns {Wish} */
  const wish = () => {
    const data = new FormData(form);
    const words = (/** @type {string} */ name) => data.getAll(name).map(String);
    const some = (/** @type {string} */ which, /** @type {string} */ name) =>
      ({ all: null, none: [], some: words(name) })[String(data.get(which))] ?? null;
    const at = ticked(here).checked && moved;
    return {
      form: /** @type {Wish["form"]} */ (data.get("form")),
      views: some("views", "view"),
      controls: some("controls", "control"),
      theme: String(data.get("theme")),
      autoplay: ticked(autoplay).checked && !at,
      here: at,
      transparent: ticked(transparent).checked,
      grows: ticked(grows).checked,
    };
  };
  const noteOf = (/** @type {Wish} */ asked) => {
    if (asked.form === "picture") return `As it is at step ${formatCount(step)}, in the present theme. Save the files and put them beside your post.`;
    if (asked.form === "react") return "Install the package: npm install ntk-playground. It works in other frameworks and bundlers as well.";
    if (!folderOf(host)) {
      const why = location.protocol === "file:" ? "This page was opened from a file." : "The scripts of this exhibit came without the page of all exhibits.";
      return `${why} Put its folder on a web server, and its address in place of the one above.`;
    }
    if (asked.views?.length === 0) return "No chart is selected, so none would be shown.";
    if (asked.form === "iframe") return "A frame works wherever a page lets you paste HTML. Its height is made for a column of 640 pixels."
      + (asked.grows ? " The second line makes it right for any." : "");
    if (asked.form === "script") return "For notebooks, and for pages that take no modules: one file with the engine of every exhibit in it, so larger than what one exhibit loads otherwise.";
    return "The script is loaded from where it lies now. A copy of its folder on your own site makes you independent of that.";
  };
  const update = () => {
    const asked = wish();
    viewBoxes.hidden = !asked.views;
    // A picture is as it is.
    const isPicture = asked.form === "picture";
    themeChoice.hidden = controlChoice.hidden = ways.hidden = isPicture;
    files.hidden = !isPicture;
    alone.hidden = isPicture;
    controlBoxes.hidden = isPicture || !asked.controls || new FormData(form).get("controls") === "none";
    transparent.hidden = grows.hidden = asked.form !== "iframe";
    ticked(here).disabled = !moved;
    ticked(autoplay).disabled = asked.here;
    lines.value = snippet(host, asked);
    lines.style.height = "0";
    lines.style.height = `${lines.scrollHeight + 2}px`;
    alone.href = frameAddress(host, asked);
    setText(note, noteOf(asked));
    setText(said, "");
  };
  form.addEventListener("input", update);

  const wanted = () => wish().views ?? views.map(({ name }) => name);
  const saves = (/** @type {string} */ words, /** @type {(view: string) => unknown} */ act) =>
    h("button", { type: "button", class: "outline", onclick: async () => {
      try {
        for (const view of wanted()) await act(view);
      } catch (error) {
        setText(said, /** @type {Error} */ (error).message);
      }
    } }, words);
  const files = h("span", { class: "files" },
    saves("Save SVG", (view) => save(pictureName(host, view), host.svg(view), "image/svg+xml")),
    saves("Save PNG", async (view) => save(`${fileName(host)}-${view}.png`, await host.png(view), "image/png")));

  const copy = h("button", { type: "button", class: "primary", autofocus: true, onclick: async () => {
    try {
      await navigator.clipboard.writeText(lines.value);
      setText(said, "Copied.");
    } catch {
      // No clipboard without HTTPS or permission: marked, so that the keys copy it.
      lines.focus();
      lines.select();
      setText(said, "Selected: copy it with Ctrl or \u2318 and C.");
    }
  } }, "Copy");

  const dialog = openDialog(root, "Embed this exhibit", form, lines,
    h("div", { class: "line" }, copy, files, said, ...(folderOf(host) ? [alone] : [])), note);
  dialog.classList.add("embed-dialog");
  update();
}
