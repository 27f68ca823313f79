// What edits the training points of an element: its window of own points, and
// pointing in the picture that draws them.

import { readStyle } from "./theme-watch.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { PointsHost } from "./keys.js" */
/** @import { Parts } from "./parts.js" */
/** @import { PointEditor } from "./point-editor.js" */
/** @import { Session } from "./session.js" */
/** @import { Playground, WholePlayground } from "./wasm.js" */

/**
 * The inside of an element whose engine has all there is.
 * @typedef {object} Inside
 * @property {NtkPlayground} host
 * @property {Session} session
 * @property {Parts} parts
 * @property {<T>(work: () => T) => T} guard shows a trap in the element
 * @property {<T>(knob: string, work: (p: Playground) => T) => T} change the run, and say so
 * @property {() => void} drawn again, with sizes taken anew
 */

/** Who edits in a picture of these parts. @type {WeakMap<Parts, PointEditor>} */
const editors = new WeakMap();

/** An engine that has been asked for all there is. @param {Playground} p */
const whole = (p) => /** @type {WholePlayground} */ (p);

/** Null where there can be none. @param {Inside} inside @returns {PointsHost|null} */
export function pointsOf({ host, session, parts, guard, change, drawn }) {
  const knob = session.knobs.find(({ kind }) => kind.type === "points")?.name;
  const figure = parts.figures.find(({ view }) => session.call((p) => whole(p).points(view)));
  if (!knob || !figure) return null;
  const end = () => {
    editors.get(parts)?.end();
    editors.delete(parts);
    drawn();
  };
  return {
    knob, figure, end,
    editing: editors.has(parts),
    ask: (work) => guard(() => session.call((p) => work(whole(p)))),
    change: (work) => change(knob, (p) => work(whole(p))),
    style: () => readStyle(host, 1),
    begin: (editor) => {
      end();
      editors.set(parts, editor);
      drawn();
    },
  };
}
