// The buttons under "Try": each sets some knobs of its exhibit and starts it again.

/** @import { NtkPlayground } from "./element.js" */

/** Room left below the buttons, in CSS pixels. */
const ROOM = 12;

/**
 * Every knob that a button beside this one sets.
 * @param {HTMLButtonElement} button
 */
function triedKnobs(button) {
  const tries = /** @type {NodeListOf<HTMLButtonElement>|undefined} */ (button.parentElement?.querySelectorAll("button[data-set]"));
  return new Set([...(tries ?? [])].flatMap((one) => [...new URLSearchParams(one.dataset.set).keys()]));
}

/**
 * Shows as much of an exhibit as there is room for above the buttons that lie below it,
 * so that effect and next button are seen without scrolling.
 * @param {Element} exhibit
 * @param {Element} row
 */
function show(exhibit, row) {
  const { bottom } = row.getBoundingClientRect();
  const { top } = exhibit.getBoundingClientRect();
  const isAllSeen = top >= 0 && bottom <= innerHeight;
  if (!isAllSeen) scrollBy({ top: bottom + ROOM - innerHeight });
}

/**
 * @param {HTMLButtonElement} button
 * @param {NtkPlayground} exhibit
 * @param {(exhibit: NtkPlayground) => void} writeAddress
 */
async function attempt(button, exhibit, writeAddress) {
  const row = /** @type {HTMLElement} */ (button.parentElement);
  const said = /** @type {HTMLElement} */ (row.querySelector(".said"));
  try {
    await exhibit.ready;
    // What other tries have set is taken back first, so that each shows just
    // what it names; "Reset" takes back everything.
    for (const knob of exhibit.knobs) {
      const ours = "reset" in button.dataset || triedKnobs(button).has(knob.name);
      if (ours && exhibit.get(knob.name) !== knob.default) exhibit.set(knob.name, knob.default);
    }
    for (const [knob, value] of new URLSearchParams(button.dataset.set)) exhibit.set(knob, value);
    exhibit.reset();
    // At step 0, so that who opens the address sees the run play.
    writeAddress(exhibit);
    exhibit.play();
    said.textContent = "";
  } catch (error) {
    said.textContent = /** @type {Error} */ (error).message;
  }
  show(exhibit, row);
}

/**
 * @param {(name: string) => NtkPlayground|null} exhibitNamed
 * @param {(exhibit: NtkPlayground) => void} writeAddress
 */
export function startTries(exhibitNamed, writeAddress) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(".try button"))) {
    button.addEventListener("click", () => {
      const exhibit = exhibitNamed(button.dataset.for ?? "");
      if (exhibit) void attempt(button, exhibit, writeAddress);
    });
  }
}
