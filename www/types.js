/**
 * Types of what crosses the border to WebAssembly. Rust owns these shapes:
 * knob.rs, ledger.rs, chart/text.rs.
 *
 * @typedef {{type: "number", min: number, max: number, log: boolean, decimals: number, ticks: number[]}} NumberKind
 * @typedef {{type: "integer", min: number, max: number, ticks: number[]}} IntegerKind
 * @typedef {{type: "choice", options: {value: string, label: string}[]}} ChoiceKind
 * @typedef {{type: "list", min: number, max: number, length: number, presets: string[]}} ListKind
 * @typedef {{type: "points", most: number}} PointsKind
 * @typedef {{name: string, label: string, kind: NumberKind|IntegerKind|ChoiceKind|ListKind|PointsKind,
 *   default: string, unit: string, help: string, effect: "view"|"live"|"window"|"restart"}} Knob
 * @typedef {{text?: string|null, limit?: number|null, idle?: string|null}} KnobState
 * @typedef {{text: string, role?: string|null, strong: boolean, italic: boolean, sub: boolean}} Span
 * @typedef {{name: string, title: string}} View
 * @typedef {{name: string, values: number[]}} Column what is not known is NaN
 * @typedef {{title: Span[], columns: Column[], description: string}} Chart what a view shows, as plain data (chart/mod.rs)
 * @typedef {{title: Span[], reading: Span[], description: string}} Drawn
 * @typedef {{state: "ready"|"finished"|"failed", message: string}} Status
 * @typedef {{at: number, words: string, shape: "disc"|"ring"|"diamond", role: string}} EvidenceMark
 * @typedef {{start: string, end: string, threshold?: EvidenceMark|null, values: EvidenceMark[]}} Evidence
 * @typedef {{name: string, theory: string, shows: Span[], evidence?: Evidence|null,
 *   verdict: "holds"|"partly"|"does-not-hold"|"not-yet", reason: string}} Claim
 * @typedef {{[role: string]: string}} Palette
 * @typedef {{scale: number, fontFamily: string, fontSize: number, lineScale: number, hideValues: boolean, palette: Palette}} Style
 *
 * @typedef {object} Playground
 * @property {() => string[]} notes
 * @property {() => Knob[]} knobs
 * @property {() => View[]} views
 * @property {(knob: string) => string} get
 * @property {(knob: string, text: string) => string|undefined} set
 * @property {(knob: string) => KnobState|null} knobState
 * @property {() => void} reset
 * @property {(steps: number, milliseconds: number) => number} advance
 * @property {() => number} paceSteps
 * @property {() => void} observe kernel and eigenbasis of the present step, which the pictures then share
 * @property {number} stepCount
 * @property {number} target the step that the link asked for; 0 for none
 * @property {(view: string) => number} revision changes whenever the view does
 * @property {() => Status} status
 * @property {() => {[name: string]: number}} readings
 * @property {(view: string) => Chart} chart
 * @property {(view: string, context: CanvasRenderingContext2D, width: number, height: number, style: Style) => Drawn} draw
 * @property {(view: string, width: number, height: number, style: Style) => string} svg
 * @property {() => string} csv
 * @property {() => {knob: string, value: string, label: string}|null} [twinned]
 * @property {() => string|undefined} linkNote what the link leaves out
 * @property {(view: string, x: number, y: number, width: number, height: number, style: Style) => boolean} probe
 * @property {(view: string, delta: number) => boolean} probeStep
 * @property {() => boolean} probeClear
 * @property {() => Claim[]} ledger
 * @property {() => string} caption
 * @property {() => string} description
 * @property {() => string} link
 * @property {() => void} free
 *
 * @typedef {object} Beyond what only the engine with all exhibits has
 * @property {() => string} json
 * @property {(knob: string, text: string) => string|undefined} twin
 * @property {() => void} clearTwin
 * @property {(view: string) => [number, number][]|null} points that can be edited in the view
 * @property {(view: string) => string} pointsText the same, a line each
 * @property {(text: string) => string} readPoints lines as the value of a knob
 * @property {(view: string, x: number, y: number, width: number, height: number, style: Style, reach: number) => number} pointNear -1 for none
 * @property {(view: string, x: number, y: number, width: number, height: number, style: Style) => number} addPoint
 * @property {(view: string, index: number, x: number, y: number, width: number, height: number, style: Style) => number} movePoint
 * @property {(view: string, index: number) => number} removePoint
 * @property {(view: string) => void} holdAxes as they are, while a point is dragged
 * @property {() => void} releaseAxes
 *
 * @typedef {Playground & Beyond} WholePlayground
 *
 * @typedef {object} Engine One instance of the WebAssembly module.
 * @property {{open: (exhibit: string, query: string) => Playground}} Playground
 * @property {() => number} randomSeed
 * @property {() => View[]} exhibits
 * @property {() => (string|undefined)} [lastPanic] what a panic said before the trap
 * @property {(options?: {module_or_path: WebAssembly.Module}) => Promise<{memory: WebAssembly.Memory}>} default
 */

export {};
