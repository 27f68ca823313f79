// The one script a page includes: it defines the element. The ledger beside
// it, `<ntk-ledger>`, is a script of its own.

import { NtkPlayground } from "./element.js";

// A page may include the script twice; an element can be defined only once.
if (!customElements.get("ntk-playground")) customElements.define("ntk-playground", NtkPlayground);

export { NtkPlayground };
