// When to work. Frames are asked for only while a run plays, its element is on
// the screen and visible, and the tab is shown; otherwise nothing is scheduled
// at all. Exhibits that play share each frame: its time to train, and the number
// of parts that it may draw, which follows what the device can do.

import { once, viewOf } from "./dom.js";

/** Asked for late: this module may be imported where there is no window. */
const reduced = once(() => matchMedia("(prefers-reduced-motion: reduce)"));

/** Whether the person asked for less motion. */
export const reducedMotion = () => reduced().matches;

/** Milliseconds between pictures under reduced motion. */
const CALM_INTERVAL = 600;
/** Milliseconds of a whole frame, painting included, that are too many: browsers call that a long task. */
const LONG = 50;
/** How fast a long frame is forgotten. */
const FORGETS = 0.9;
/** Parts that a frame draws in which a person has just done something. */
const FEW = 2;

/** The loops that play, who draws first at the front. @type {Set<FrameLoop>} */
const playing = new Set();
/** Parts that a frame may draw. It starts at one, so that no device is asked for too much. */
let most = 1;
let longest = 0;
/** The window that has been asked for a frame. @type {Window|null} */
let asked = null;

/** What is posted in a frame arrives when the browser has painted it. */
const painted = once(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = afterPaint;
  return channel.port2;
});

/** @param {MessageEvent<[start: number, end: number, drawn: number]>} event */
function afterPaint({ data: [start, end, drawn] }) {
  const time = performance.now() - start;
  longest = Math.max(time, FORGETS * longest);
  if (longest > LONG) {
    most = Math.max(1, Math.floor((most * LONG) / longest));
    longest = 0;
  } else if (drawn >= most && longest * (most + 1) < LONG * most) {
    most += 1;
  }
  for (const loop of playing) loop.painted(start, end, time);
}

function ask() {
  // A window that has been closed answers no more.
  if ((asked && !asked.closed) || playing.size === 0) return;
  // A page that is hidden has no frames; a window of its own that shows an exhibit has.
  asked = document.hidden ? [...playing][0].view : window;
  if (reduced().matches) asked.setTimeout(tick, CALM_INTERVAL);
  else asked.requestAnimationFrame(tick);
}

function tick() {
  asked = null;
  if (playing.size === 0) return;
  const start = performance.now();
  let drawn = 0;
  for (const loop of [...playing]) {
    const count = loop.work(reduced().matches ? Infinity : most - drawn);
    drawn += count;
    // Who has drawn is behind the others in the next frame.
    if (count && playing.delete(loop)) playing.add(loop);
  }
  painted().postMessage([start, performance.now(), drawn]);
  ask();
}

export class FrameLoop {
  #box;
  #sensor;
  #near;
  #frame;
  /** @type {IntersectionObserver[]} */
  #observers = [];
  #wanted = false;
  #onScreen = false;
  #visible = true;
  #shown;
  #resting = false;
  /** The one that it is connected in: elements move. */
  #document = document;

  /**
   * @param {Element} box what is shown
   * @param {Element} sensor an element inside the box whose `visibility` has
   *   a transition: only its end says that a page has hidden or shown the box
   *   that way
   * @param {{near: () => void, frame: (most: number, rests: boolean) => number, shown: () => void, painted: (start: number, end: number, time: number) => void}} callbacks
   *   near: about to come on the screen; frame: time to work, but not to train if
   *   it rests; draws so many parts at the most and says how many; shown: on the
   *   screen again, so draw what was missed; painted: a frame is, whose scripts ran
   *   from start to end and which took so many milliseconds
   */
  constructor(box, sensor, { near, frame, shown, painted }) {
    this.#box = box;
    this.#sensor = sensor;
    this.#frame = frame;
    this.#shown = shown;
    this.painted = painted;
    this.#near = near;
    sensor.addEventListener("transitionend", this.#update);
  }

  #update = () => {
    this.#visible = getComputedStyle(this.#sensor).visibility === "visible";
    if (this.#onScreen && this.#visible) this.#shown();
    this.#schedule();
  };

  connect() {
    const { IntersectionObserver } = viewOf(this.#box);
    const near = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#near();
    }, { rootMargin: "800px" });
    const seen = new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      this.#update();
    });
    this.#observers = [near, seen];
    for (const observer of this.#observers) observer.observe(this.#box);
    this.#document = this.#box.ownerDocument;
    this.#document.addEventListener("visibilitychange", this.#schedule);
  }

  disconnect() {
    for (const observer of this.#observers) observer.disconnect();
    this.#document.removeEventListener("visibilitychange", this.#schedule);
    this.#onScreen = false;
    this.#schedule();
  }

  /** The window that it is in. */
  get view() {
    return viewOf(this.#box);
  }

  get onScreen() {
    return this.#onScreen;
  }

  get wanted() {
    return this.#wanted;
  }

  set wanted(value) {
    this.#wanted = value;
    this.#schedule();
  }

  /** Its part of the time of a frame. */
  get share() {
    return 1 / Math.max(1, playing.size);
  }

  /** Whether a frame comes at once, and draws what has changed. */
  get soon() {
    return playing.has(this) && !reduced().matches;
  }

  #schedule = () => {
    if (this.#wanted && this.#onScreen && this.#visible && !this.#document.hidden) playing.add(this);
    else playing.delete(this);
    ask();
  };

  /**
   * Keeps the next frame short: what a person has just done is seen sooner if
   * the frame that shows it has little other work.
   */
  rest() {
    this.#resting = true;
  }

  /** @param {number} most */
  work(most) {
    const rests = this.#resting;
    this.#resting = false;
    return this.#frame(rests ? Math.min(most, FEW) : most, rests);
  }
}
