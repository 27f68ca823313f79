// What is brought up to date in a frame. A run that stands shows all; while it
// plays, a frame draws as many parts as it has time for, in turn.

import { pictureStyle } from "./theme-watch.js";
import { setText } from "./dom.js";

/** @import { Session } from "./session.js" */
/** @import { Parts } from "./parts.js" */

/** Step and controls. @param {Session} session @param {Parts} parts */
function showControls(session, { toolbar, card, foot }) {
  session.call((p) => {
    toolbar.showStep(p.stepCount, p.progress());
    toolbar.update((knob) => session.value(knob), (knob) => p.knobState(knob));
    if (card) setText(foot, p.caption());
  });
}

export class Showing {
  /** Whose turn it is: the controls, then the pictures one by one. */
  #turn = 0;

  /** The controls alone; next are the pictures. @param {Session} session @param {Parts} parts */
  controls(session, parts) {
    showControls(session, parts);
    this.#turn = 1;
  }

  /**
   * @param {Element} host
   * @param {Session} session
   * @param {Parts} parts
   * @param {boolean} still whether the run stands
   * @param {number} most parts to draw
   * @returns {number} how many were drawn
   */
  show(host, session, parts, still, most) {
    // Read first: before anything is written it costs no layout.
    const style = pictureStyle(host);
    const look = JSON.stringify(style);
    const all = parts.figures.length + 1;
    let drawn = 0;
    for (let seen = 0; seen < all && drawn < most; seen += 1) {
      const figure = parts.figures[this.#turn - 1];
      this.#turn = (this.#turn + 1) % all;
      if (!figure) showControls(session, parts);
      if (!figure || session.call((p) => figure.draw(p, style, look, still))) drawn += 1;
    }
    return drawn;
  }
}
