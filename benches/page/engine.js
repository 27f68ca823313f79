// The module that the benchmark times: one instance for its whole page.

import { instance } from "./bench_wasm_instance.js";

const { default: init, ...engine } = instance();

await init({ module_or_path: new URL("./bench_wasm_bg.wasm", import.meta.url) });

export const { AdditionBench, Bench, OperatorBench, multiplyAdds } = engine;
