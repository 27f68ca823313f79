// Verdicts on the reader's runs, kept in the tab from one page to the next.

/** @import { Claim } from "./ntk_playground.js" */
/** @import { NtkPlayground } from "./element.js" */
/**
 * @typedef {{name: string, theory: string, verdict: Claim["verdict"], reason: string}} KeptClaim
 * @typedef {{caption: string, stepCount: number, running: boolean, progress: NtkPlayground["progress"], ledger: KeptClaim[]}} KeptRun
 */

/** What begins the name of an entry; the exhibit's ends it. */
const NAME = "ntk-verdicts:";

/** The last run of an exhibit in this tab. @param {string} exhibit @returns {KeptRun|null} */
export function keptRun(exhibit) {
  try {
    return JSON.parse(sessionStorage.getItem(NAME + exhibit) ?? "null");
  } catch {
    // Where storage is denied nothing is kept.
    return null;
  }
}

/** Keeps the runs of this page when it is left. */
export function keepVerdicts() {
  addEventListener("pagehide", () => {
    for (const exhibit of /** @type {NodeListOf<NtkPlayground>} */ (document.querySelectorAll("ntk-playground[data-page]"))) {
      try {
        if (!exhibit.stepCount) continue;
        const ledger = exhibit.ledger.map(({ name, theory, verdict, reason }) => ({ name, theory, verdict, reason }));
        sessionStorage.setItem(NAME + exhibit.getAttribute("exhibit"), JSON.stringify({ caption: exhibit.caption, stepCount: exhibit.stepCount, running: false, progress: exhibit.progress, ledger }));
      } catch {
        // It has not loaded, has stopped, or storage is denied.
      }
    }
  });
}
