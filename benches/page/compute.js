// Times the engine and its peers in turn, on the same run. The driver calls
// `window.bench`, a few rounds at a time.

import { AdditionBench, Bench, OperatorBench, multiplyAdds } from "./engine.js";
import { AdditionPeer } from "./addition.js";
import { AdditionTensorFlowPeer } from "./addition-tensorflow.js";
import * as agreement from "./agreement.js";
import { start } from "./participants.js";
import { prepare } from "./tensorflow.js";

/** @typedef {import("./participants.js").Participant} Participant */

/** @type {ReturnType<typeof start> & {firstLoss: number}|undefined} */
let run;

/**
 * What is timed, by name.
 *
 * @type {Record<string, (participant: Participant, steps: number) => void>}
 */
const WORKS = {
  kernel: (participant) => participant.kernel(),
  step: (participant) => participant.step(1),
  moments: (participant) => participant.moments(),
  eigenbasis: (participant) => participant.eigenbasis?.(),
  frame: (participant, steps) => {
    participant.step(steps);
    participant.kernel();
    // What a frame draws are the eigenvalues and the residual's energies.
    if (participant.modes) participant.modes();
    else participant.eigenbasis?.();
  },
};

/**
 * Starts the engine and peers on a problem, with K at step 0.
 *
 * @param {import("./participants.js").Problem} problem
 * @param {string[]} names
 */
function open(problem, names) {
  run?.engine.free();
  run?.peers.forEach((peer) => peer.free?.());
  const started = start(problem, names);
  started.engine.kernel();
  started.peers.forEach((peer) => peer.kernel());
  run = { ...started, firstLoss: started.engine.loss };
}

/**
 * So many rounds: each participant in turn does the work `repeats` times;
 * another one begins each time. Answers milliseconds for one.
 *
 * @param {string} name of the work
 * @param {number} steps of a frame
 * @param {number} repeats
 * @param {number} count
 */
function rounds(name, steps, repeats, count) {
  if (!run) throw new Error("Nothing is open.");
  const work = WORKS[name];
  /** @type {[string, any][]} */
  const all = [["engine", run.engine], ...run.peers];
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(all.map(([who]) => [who, []]));
  for (let round = 0; round < count; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      const [who, participant] = all[(round + turn) % all.length];
      const before = performance.now();
      for (let i = 0; i < repeats; i += 1) work(participant, steps);
      times[who].push((performance.now() - before) / repeats);
    }
  }
  return times;
}

/** How far each peer is from the engine now, in what the work leaves. @param {string} name of the work */
function compare(name) {
  if (!run) throw new Error("Nothing is open.");
  const { engine, sizes, peers, firstLoss } = run;
  // Steps leave a K that belongs to earlier weights.
  const stale = name === "step" || name === "moments";
  if (stale) engine.kernel();
  /** @type {Record<string, Record<string, number>>} */
  const apart = {};
  for (const [who, peer] of peers) {
    if (stale) peer.kernel();
    apart[who] = agreement.kernels(engine, peer, firstLoss);
    if (name === "moments") Object.assign(apart[who], agreement.moments(engine, peer, sizes));
    if (name === "eigenbasis" || name === "frame") Object.assign(apart[who], agreement.eigenbases(engine, peer));
  }
  return apart;
}

/**
 * Milliseconds that the engine alone needs for a work, a few times.
 *
 * @param {import("./participants.js").Problem} problem
 * @param {"contraction"|"step"} name
 * @param {number} least milliseconds for one timing, so that the clock's grain does not count
 * @param {number} count
 */
function alone({ points, widths, dataSeed, weightSeed }, name, least, count) {
  const engine = new Bench(points, Uint32Array.from(widths), dataSeed, weightSeed);
  const work = () => (name === "step" ? engine.step(1) : engine.contraction());
  let repeats = 0;
  for (const before = performance.now(); performance.now() - before < least; repeats += 1) work();
  const times = [];
  for (let round = 0; round < count; round += 1) {
    const before = performance.now();
    for (let i = 0; i < repeats; i += 1) work();
    times.push((performance.now() - before) / repeats);
  }
  engine.free();
  return times;
}

/** GF/s of multiply-adds on numbers in registers, a few times. @param {number} count */
function peak(count) {
  const loops = 2_000_000;
  const rates = [];
  for (let round = -2; round < count; round += 1) {
    const before = performance.now();
    const operations = multiplyAdds(loops);
    const seconds = (performance.now() - before) / 1000;
    if (round >= 0) rates.push(operations / seconds / 1e9);
  }
  return rates;
}

/** @type {{engine: InstanceType<typeof AdditionBench>, peers: Map<string, any>}|undefined} */
let additions;

/** Starts training on modular addition. @param {string[]} names */
function openAddition(names) {
  additions?.engine.free();
  additions?.peers.forEach((peer) => peer.free?.());
  const engine = new AdditionBench();
  const { modulus, width } = engine;
  const common = {
    modulus,
    width,
    pairs: engine.pairs(),
    learningRate: engine.learningRate,
    decay: engine.decay,
    adam: /** @type {[number, number, number]} */ (Array.from(engine.adam())),
  };
  const split = 2 * modulus * width;
  // W_1 column by column is input by input; W_2 row by row for plain JavaScript.
  const byRows = engine.weights();
  const given = byRows.slice(split);
  for (let c = 0; c < modulus; c += 1) {
    for (let k = 0; k < width; k += 1) byRows[split + c * width + k] = given[k * modulus + c];
  }
  /** @type {Record<string, () => any>} */
  const makers = {
    structured: () => new AdditionPeer({ ...common, parameters: byRows }),
    tensorflow: () => new AdditionTensorFlowPeer({ ...common, parameters: engine.weights() }),
  };
  additions = { engine, peers: new Map(names.map((name) => [name, makers[name]()])) };
}

/**
 * Trains one of them, and answers milliseconds and the loss before the last
 * step.
 *
 * @param {string} who
 * @param {number} steps
 */
function trainAddition(who, steps) {
  const participant = who === "engine" ? additions?.engine : additions?.peers.get(who);
  if (!participant) throw new Error(`${who} does not train.`);
  const before = performance.now();
  participant.step(steps);
  return { time: performance.now() - before, loss: participant.loss };
}

/**
 * So many rounds of a step alone and steps that enter the operators by each of
 * the schemes, ten of each in turn. Answers milliseconds, and whether all runs are
 * the same.
 *
 * @param {{points: number, tests: number, widths: number[], schemes: string[], adam: boolean, warm: number, count: number}} settings
 */
function operators({ points, tests, widths, schemes, adam, warm, count }) {
  const runs = schemes.map((scheme) => new OperatorBench(points, tests, Uint32Array.from(widths), scheme, adam));
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(["alone", ...schemes].map((name) => [name, []]));
  for (let round = -warm; round < count; round += 1) {
    // A step alone is short beside the clock's grain: ten of them. Every run takes its own.
    const alone = runs.map((run) => tenTimes(() => run.plain()));
    if (round >= 0) times.alone.push(alone[0]);
    runs.forEach((run, at) => {
      const time = tenTimes(() => run.observed());
      if (round >= 0) times[schemes[at]].push(time);
    });
  }
  const agree = runs.every((run) => run.agree());
  runs.forEach((run) => run.free());
  return { times, agree };
}

/** Milliseconds of one of ten. @param {() => void} work */
function tenTimes(work) {
  const start = performance.now();
  for (let i = 0; i < 10; i += 1) work();
  return (performance.now() - start) / 10;
}

if ("tf" in window) await prepare("packages/");
Object.assign(window, { bench: { open, rounds, compare, alone, peak, openAddition, trainAddition, operators } });
