// What an embedder writes, checked strictly.
import { NtkPlayground, type Chart, type Claim, type Knob } from "ntk-playground";
import type {} from "ntk-playground/react";

const element = document.createElement("ntk-playground");
const same: NtkPlayground = element;
const noise: number | undefined = same.readings["noise"];
const charts: { [view: string]: Chart } = element.charts;
const knobs: Knob[] = element.knobs;
const claims: Claim[] = element.ledger;
element.addEventListener("ntk-change", ({ detail }) => detail.knob.toUpperCase());
element.addEventListener("ntk-frame", ({ detail }) => detail.step.toFixed());
NtkPlayground.files = "/static/";
await element.ready;
element.step(3);
// @ts-expect-error a number of steps is no word
element.step("three");

export const post = <ntk-playground exhibit="spectrum" views={["fit"]} noise={0.5} autoplay={false} />;
// @ts-expect-error an exhibit has a name
export const wrong = <ntk-playground exhibit={3} />;
export const all = [noise, charts, knobs, claims];
