// What edits the training points of an element: the window of user data, and the
// pointer in the chart that shows them.

import { readStyle } from "./theme-watch.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { PointsHost } from "./keys.js" */
/** @import { Parts } from "./parts.js" */
/** @import { PointEditor } from "./point-editor.js" */
/** @import { Session } from "./session.js" */
/** @import { Playground, FullPlayground } from "./wasm.js" */

/**
 * The inside of an element that runs in the full engine.
 * @typedef {object} Inside
 * @property {NtkPlayground} host
 * @property {Session} session
 * @property {Parts} parts
 * @property {<T>(work: () => T) => T} guard shows a crash in the element
 * @property {<T>(knob: string, work: (p: Playground) => T) => T} change the run, and report it
 * @property {() => void} drawn again, with sizes taken anew
 */

/** Who edits in a picture of these parts. @type {WeakMap<Parts, PointEditor>} */
const editors = new WeakMap();

/** The full engine, once it was asked for. @param {Playground} p */
const full = (p) => /** @type {FullPlayground} */ (p);

/** Null where there can be none. @param {Inside} inside @returns {PointsHost|null} */
export function pointsOf({ host, session, parts, guard, change, drawn }) {
  const knob = session.knobs.find(({ kind }) => kind.type === "points")?.name;
  const figure = parts.figures.find(({ view }) => session.call((p) => full(p).points(view)));
  if (!knob || !figure) return null;
  const end = () => {
    editors.get(parts)?.end();
    editors.delete(parts);
    drawn();
  };
  return {
    knob, figure, end,
    editing: editors.has(parts),
    ask: (work) => guard(() => session.call((p) => work(full(p)))),
    change: (work) => change(knob, (p) => work(full(p))),
    style: () => readStyle(host, 1),
    begin: (editor) => {
      end();
      editors.set(parts, editor);
      drawn();
    },
  };
}
