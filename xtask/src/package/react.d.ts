// import type {} from "ntk-playground/react": the element in JSX.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { NtkPlayground, NtkPlaygroundAttributes } from "./index.js";

/** A knob by its name, such as `noise`. */
type Knobs = { [knob: string]: unknown };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "ntk-playground": DetailedHTMLProps<HTMLAttributes<NtkPlayground>, NtkPlayground> & NtkPlaygroundAttributes & Knobs;
      "ntk-ledger": DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { for: string };
    }
  }
}
