// A comparison run: in which knob it differs, and by which value.

import { rowControl } from "./controls.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

/** @import { Knob } from "./ntk_playground.js" */
/** @import { NtkPlayground } from "./element.js" */

/** Another value than a knob has, to begin with. @param {Knob} knob @param {string} now */
function other(knob, now) {
  if (now !== knob.default) return knob.default;
  const { kind } = knob;
  const offers = kind.type === "choice" ? kind.options.map(({ value }) => value)
    : kind.type === "list" ? kind.presets
    : kind.type === "points" ? []
    : [kind.min, kind.max].map(String);
  return offers.find((value) => value !== now && value !== "off") ?? offers.find((value) => value !== now) ?? now;
}

/**
 * @param {NtkPlayground} host
 * @param {(work: () => unknown) => void} attempt shows an error as a sentence
 */
export function showCompare(host, attempt) {
  const knobs = host.knobs.filter(({ effect, kind }) => effect !== "view" && kind.type !== "points");
  const present = host.twinned;
  const preferred = ["gate", "noise", "arm2.rule"].find((name) => knobs.some((knob) => knob.name === name));
  const menu = h("select", { "aria-label": "Knob", autofocus: true }, ...knobs.map(({ name, label }) => h("option", { value: name }, label)));
  menu.value = present?.knob ?? preferred ?? knobs[0].name;
  const place = h("div", { class: "other" });
  const refused = h("p", { class: "refused", role: "alert", hidden: true });
  let value = "";

  const show = () => {
    const knob = /** @type {Knob} */ (knobs.find(({ name }) => name === menu.value));
    value = present?.knob === knob.name ? present.value : other(knob, host.get(knob.name));
    const control = rowControl(knob, undefined, (text) => {
      value = text;
      control.update(text, null);
    }, () => 0);
    place.replaceChildren(control.root);
    control.update(value, null);
    control.measure?.();
  };
  const act = async (/** @type {() => unknown} */ work) => {
    try {
      await work();
      dialog.close();
      attempt(() => host.play());
    } catch (error) {
      refused.hidden = false;
      refused.textContent = /** @type {Error} */ (error).message;
    }
  };
  menu.addEventListener("change", show);
  const dialog = openDialog(/** @type {ShadowRoot} */ (host.shadowRoot), "Second run",
    h("p", {}, "A second run with the same data and initial weights, and another value of one knob. Both start at step 0. Its curves are thin, with hollow marks."),
    h("div", { class: "line" }, h("span", {}, "Differs in"), menu),
    place, refused,
    h("div", { class: "line" },
      h("button", { type: "button", class: "primary", onclick: () => act(() => host.twin(menu.value, value)) }, "Run both"),
      ...(present ? [h("button", { type: "button", class: "outline", onclick: () => act(() => host.endTwin()) }, "End the second run")] : [])));
  show();
}
