// Runs before the page's own scripts. Once `soak.run` is called, frames follow
// one another without waiting, and the page's clock is one of frames: each is a
// sixtieth of a second after the one before, and every reading of the clock
// within it moves it on by so many milliseconds (`soakReading`). So the page's
// own frame loop works as ever, with as many training steps a frame on every
// machine. The browser itself gets a turn after every few frames only: it would
// lay out and paint each of them, which takes longer than all else and is no
// work of ours.
(() => {
  const INTERVAL = 1000 / 60;
  /** Frames in a row, before the browser's turn. */
  const ROW = 10;
  const real = performance.now.bind(performance);
  const native = requestAnimationFrame.bind(window);

  /** Callbacks of the next frame. */
  let asked = [];
  let clock = 0;
  let frames = 0;
  let goal = 0;
  let restarts = 0;
  let element = null;
  let done = () => {};
  /** Milliseconds of every frame's callbacks, for more frames than anybody asks for. */
  const times = new Float64Array(1 << 20);
  let first = 0;

  const next = new MessageChannel();
  next.port1.onmessage = row;
  const go = () => next.port2.postMessage(0);

  function row() {
    for (let left = ROW; left > 0 && frames < goal; left -= 1) frame();
    if (frames < goal) go();
    else done();
  }

  function frame() {
    const start = real();
    const begun = clock;
    const callbacks = asked;
    asked = [];
    for (const callback of callbacks) callback(clock);
    times[frames] = real() - start;
    frames += 1;
    clock = Math.max(clock, begun + INTERVAL);
    // A run that is over starts anew.
    if (!element.running) {
      restarts += 1;
      element.play();
    }
  }

  // The engines' memories.
  const memories = [];
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    memories.push((made.instance ?? made).exports.memory);
    return made;
  };

  const count = (root) => [...root.querySelectorAll("*")].reduce(
    (sum, one) => sum + 1 + (one.shadowRoot ? count(one.shadowRoot) : 0),
    0,
  );

  window.soak = {
    /** Watches an element, until so many frames have been shown in all, or a moment is over. */
    async run(selector, until, moment) {
      if (!element) {
        element = document.querySelector(selector);
        clock = real();
        performance.now = () => (clock += soakReading);
        // What was asked for before comes in a frame of the browser's own.
        window.requestAnimationFrame = (callback) => asked.push(callback);
        await new Promise((shown) => native(() => native(shown)));
      }
      goal = until;
      if (frames < goal) {
        const late = setTimeout(() => (goal = 0), moment);
        await new Promise((over) => {
          done = over;
          go();
        });
        clearTimeout(late);
      }
      return frames;
    },

    /** What there is now, and how long the frames since the last call took. */
    state() {
      const sorted = times.slice(first, frames).sort();
      first = frames;
      const quantile = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
      return {
        frames, restarts, step: element.stepCount,
        module: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
        elements: count(document),
        median: quantile(0.5), p99: quantile(0.99),
      };
    },
  };
})();
