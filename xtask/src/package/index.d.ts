import type { NtkPlayground } from "./ntk-playground.js";
import type { NtkLedger } from "./ledger.js";

export { NtkPlayground } from "./ntk-playground.js";
export type { Chart, Claim, Knob, View } from "./ntk_playground.js";

/** What the element is told by attributes; every knob of the exhibit is one as well. */
export interface NtkPlaygroundAttributes {
  /* ATTRIBUTES */
}

/** What the events of the element carry. */
export interface NtkPlaygroundEventMap {
  "ntk-ready": CustomEvent<null>;
  "ntk-frame": CustomEvent<{ step: number }>;
  "ntk-change": CustomEvent<{ knob: string; value: string }>;
  "ntk-error": CustomEvent<{ message: string; error: Error }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "ntk-playground": NtkPlayground;
    "ntk-ledger": NtkLedger;
  }
  // They bubble, so any element may hear them.
  interface HTMLElementEventMap extends NtkPlaygroundEventMap {}
}
