// The one script a page includes: it defines the element. The ledger beside
// it, `<ntk-ledger>`, is a script of its own. On a server it defines nothing.

import { define } from "./dom.js";
import { NtkPlayground } from "./element.js";

define("ntk-playground", NtkPlayground);

export { NtkPlayground };
