// What anywidget asks of a front end. The script before this one defines the element,
// with the engine in it.

/** Milliseconds between two reports of a run that plays. */
const INTERVAL = 250;

/** @param {any} model @param {string} name @param {unknown} value */
function tell(model, name, value) {
  model.set(name, value);
  model.save_changes();
}

/** @param {{model: any, el: HTMLElement}} place */
function render({ model, el }) {
  const element = document.createElement("ntk-playground");
  const attributes = () => {
    for (const name of ["views", "controls"]) {
      const words = model.get(name);
      if (words && (words.length || name === "controls")) element.setAttribute(name, words.join(" ") || "none");
      else element.removeAttribute(name);
    }
    element.setAttribute("theme", model.get("theme"));
    element.toggleAttribute("autoplay", model.get("autoplay"));
  };
  element.setAttribute("exhibit", model.get("exhibit"));
  for (const [knob, value] of Object.entries(model.get("_values"))) element.setAttribute(knob, value);
  attributes();

  const values = () => Object.fromEntries(element.knobs.map(({ name }) => [name, element.get(name)]));
  /** What the Python side has been told. @type {{[knob: string]: string}} */
  let told = { ...model.get("_values") };
  let timer = 0;
  const report = () => {
    timer = 0;
    model.set("step_count", element.stepCount);
    model.set("readings", element.readings);
    model.set("link", element.link());
    told = values();
    model.set("_values", told);
    model.save_changes();
  };
  const soon = () => {
    timer ||= setTimeout(report, INTERVAL);
  };
  for (const event of ["ntk-ready", "ntk-frame", "ntk-change"]) element.addEventListener(event, soon);
  element.addEventListener("ntk-error", ({ detail }) => tell(model, "error", detail.message));

  const turn = () => {
    for (const [knob, value] of Object.entries(model.get("_values"))) {
      // An echo of what the page has told may be older than the page.
      if (told[knob] !== value) element.setAttribute(knob, value);
    }
  };
  /** What the methods of the Python class ask for. */
  const asked = {
    play: () => element.play(),
    pause: () => element.pause(),
    step: ({ count }) => element.step(count),
    reset: () => element.reset(),
    fetch: async () => {
      model.set("_charts", element.charts);
      model.set("_pictures", Object.fromEntries(element.views.map(({ name }) => [name, element.svg(name)])));
      tell(model, "_json", await element.json());
    },
  };
  const hear = async (message) => {
    try {
      await element.ready;
      await asked[message.do]?.(message);
      report();
    } catch (error) {
      tell(model, "error", error.message);
    }
  };
  const shown = ["views", "controls", "theme", "autoplay"].map((name) => `change:${name}`);
  model.on("change:_values", turn);
  for (const name of shown) model.on(name, attributes);
  model.on("msg:custom", hear);
  el.append(element);
  return () => {
    clearTimeout(timer);
    model.off("change:_values", turn);
    for (const name of shown) model.off(name, attributes);
    model.off("msg:custom", hear);
    element.remove();
  };
}

export default { render };
