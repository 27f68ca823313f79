// The data of src/exhibit as serde writes it. This file becomes part of the engines'
// .d.ts; tests/exhibit/declared_types_are_what_is_written.rs compares it with real data.

export interface View {
    name: string;
    title: string;
}

export interface Knob {
    name: string;
    label: string;
    kind: NumberKind | IntegerKind | ChoiceKind | ListKind | PointsKind;
    default: string;
    unit: string;
    help: string;
    effect: "view" | "live" | "window" | "restart";
}

export interface NumberKind {
    type: "number";
    min: number;
    max: number;
    log: boolean;
    decimals: number;
    ticks: number[];
}

export interface IntegerKind {
    type: "integer";
    min: number;
    max: number;
    ticks: number[];
}

export interface ChoiceKind {
    type: "choice";
    options: Choice[];
}

export interface Choice {
    value: string;
    label: string;
}

export interface ListKind {
    type: "list";
    min: number;
    max: number;
    length: number;
    presets: string[];
}

export interface PointsKind {
    type: "points";
    most: number;
    largest: number;
}

export interface KnobState {
    text: string | null;
    limit: number | null;
    idle: string | null;
}

/** Steps of the present trial, which is counted from 1; `limit` is its last step, where that is known. */
export interface RunProgress {
    step: number;
    limit: number | null;
    trial: number;
    trials: number;
}

/** The value is NaN where there is none. */
export interface Reading {
    name: string;
    value: number;
    unit: string;
    meaning: string;
}

export interface Claim {
    name: string;
    theory: string;
    shows: Span[];
    evidence: Evidence | null;
    verdict: Verdict;
    reason: string;
}

export type Verdict = "holds" | "holds-by-construction" | "partly" | "undecided" | "does-not-hold" | "not-claimed" | "not-yet";

export interface Evidence {
    start: string;
    end: string;
    thresholds: EvidenceMark[];
    values: EvidenceMark[];
}

/** `at` runs from 0, the start of the scale, to 1; what lies beyond an end stands there. */
export interface EvidenceMark {
    at: number;
    beyond: boolean;
    words: string;
    shape: Shape;
    role: Role;
}
