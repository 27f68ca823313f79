// The data that src/web itself writes and reads. This file becomes part of the
// engines' .d.ts; tests/exhibit/declared_types_are_what_is_written.rs compares its names
// with the Rust source.

export interface Drawn {
    title: Span[];
    reading: Span[];
    description: string;
}

export interface Status {
    state: "ready" | "finished" | "failed";
    message: string;
}

export interface Style {
    palette: Palette;
    fontFamily: string;
    fontSize: number;
    lineScale: number;
    scale: number;
    hideValues: boolean;
}

/** Colours as #rrggbb. */
export interface Palette {
    ink: string;
    ink2: string;
    ink3: string;
    rule2: string;
    rule: string;
    ground: string;
    signal: string;
    signalTint: string;
    noise: string;
    noiseTint: string;
    test: string;
    testTint: string;
}

export interface Twinned {
    knob: string;
    value: string;
    label: string;
}
