// The data of src/chart as serde writes it. This file becomes part of the engines'
// .d.ts; tests/exhibit/declared_types_are_what_is_written.rs compares it with real data.

/** A view as plain data: a title row, axes, what is drawn, and the numbers behind it. */
export interface Chart {
    view: string;
    title: Span[];
    reading: Span[];
    x: Axis;
    y: Axis;
    marks: Mark[];
    labels: Label[];
    description: string;
    columns: Column[];
}

/** What is not known is NaN. Columns of one chart may differ in length. */
export interface Column {
    name: string;
    values: number[];
}

export interface Span {
    text: string;
    role: Role | null;
    strong: boolean;
    italic: boolean;
    sub: boolean;
}

export interface Axis {
    scale: Scale;
    ticks: Tick[];
    minor: number[];
    /** Right of a horizontal axis, for labels, in heights of the letters. */
    room: number;
}

export interface Scale {
    kind: "linear" | "log";
    min: number;
    max: number;
}

export interface Tick {
    at: number;
    label: { kind: "text"; value: string } | { kind: "power"; value: number };
}

/** Coordinates are data coordinates, widths CSS pixels. */
export type Mark =
    | { kind: "line"; points: [number, number][]; role: Role; width: number; dash: Dash; halo: boolean }
    | { kind: "band"; x: number[]; a: number[]; b: number[]; role: Role }
    | { kind: "bars"; bars: Bar[] }
    | { kind: "bar-theory"; points: [number, number][] }
    | { kind: "sticks"; sticks: [number, number, number][]; role: Role }
    | { kind: "points"; points: [number, number][]; shape: Shape; role: Role }
    | { kind: "open-points"; points: [number, number][]; shape: Shape; role: Role }
    | { kind: "bar-levels"; points: [number, number][] }
    | { kind: "rule"; orientation: "horizontal" | "vertical"; at: number; role: Role; dash: Dash }
    | { kind: "drop"; at: [number, number]; role: Role }
    | { kind: "heat"; x: number[]; y: number[]; shades: number[]; role: Role }
    | { kind: "frame"; x: number };

export interface Bar {
    x: number;
    value: number;
    fill: "channel" | "reservoir" | "below-resolution";
}

export type Role =
    | "ink" | "ink2" | "ink3" | "rule2" | "rule" | "ground"
    | "signal" | "signal-tint" | "noise" | "noise-tint" | "test" | "test-tint";

export type Dash = "solid" | "theory" | "test-theory" | "dotted" | "second" | "long" | "short" | "mixed";

export type Shape = "disc" | "ring" | "diamond";

export interface Label {
    text: string;
    role: Role;
    strong: boolean;
    place: Place;
}

export type Place =
    | { kind: "end"; at: [number, number]; sample: Sample | null }
    | { kind: "near"; candidates: [number, number][]; sides: Side[]; leader: [number, number] | null }
    | { kind: "key"; side: Side; sample: Sample }
    | { kind: "on-rule"; at: number; side: Side }
    | { kind: "on-split"; at: number; side: Side }
    | { kind: "on-drop"; at: number };

export type Side = "left" | "right" | "above" | "below";

export type Sample =
    | { kind: "patch"; role: Role }
    | { kind: "line"; role: Role; dash: Dash }
    | { kind: "hatch" }
    | { kind: "open"; shape: Shape; role: Role }
    | { kind: "level" };
