// When to work. Frames are asked for only while the run plays, the element is
// on the screen and visible, and the tab is shown; otherwise nothing is
// scheduled at all.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the person asked for less motion. */
export const reducedMotion = () => reduced.matches;

/** Milliseconds between pictures under reduced motion. */
const CALM_INTERVAL = 600;

export class FrameLoop {
  #host;
  #sensor;
  #near;
  #seen;
  #frame;
  #wanted = false;
  #onScreen = false;
  #visible = true;
  #shown;
  #handle = 0;
  #resting = false;
  #timer = 0;

  /**
   * @param {Element} host
   * @param {Element} sensor an element inside the host whose `visibility` has
   *   a transition: only its end says that a page has hidden or shown the host
   *   that way
   * @param {{near: () => void, frame: () => void, shown: () => void}} callbacks
   *   near: about to come on the screen; frame: time to work; shown: on the
   *   screen again, so draw what was missed
   */
  constructor(host, sensor, { near, frame, shown }) {
    this.#host = host;
    this.#sensor = sensor;
    this.#frame = frame;
    this.#shown = shown;
    this.#near = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) near();
    }, { rootMargin: "800px" });
    this.#seen = new IntersectionObserver((entries) => {
      this.#onScreen = entries[entries.length - 1].isIntersecting;
      this.#look();
    });
    sensor.addEventListener("transitionend", this.#look);
  }

  #look = () => {
    this.#visible = getComputedStyle(this.#sensor).visibility === "visible";
    if (this.#onScreen && this.#visible) this.#shown();
    this.#schedule();
  };

  connect() {
    this.#near.observe(this.#host);
    this.#seen.observe(this.#host);
    document.addEventListener("visibilitychange", this.#schedule);
  }

  disconnect() {
    this.#near.disconnect();
    this.#seen.disconnect();
    document.removeEventListener("visibilitychange", this.#schedule);
    this.#onScreen = false;
    this.#schedule();
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

  #schedule = () => {
    if (!(this.#wanted && this.#onScreen && this.#visible && !document.hidden)) {
      cancelAnimationFrame(this.#handle);
      clearTimeout(this.#timer);
      this.#handle = this.#timer = 0;
    } else if (!this.#handle && !this.#timer) {
      if (reduced.matches) this.#timer = setTimeout(this.#tick, CALM_INTERVAL);
      else this.#handle = requestAnimationFrame(this.#tick);
    }
  };

  /**
   * Leaves out the next frame. What a person has just done is drawn by then, and
   * is seen sooner if the frame in which it happened has no other work.
   */
  rest() {
    this.#resting = true;
  }

  #tick = () => {
    this.#handle = this.#timer = 0;
    if (!this.#resting) this.#frame();
    this.#resting = false;
    this.#schedule();
  };
}
