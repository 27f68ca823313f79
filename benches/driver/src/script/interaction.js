// Starts to note how long it takes from what a person does to the next
// picture, and which frames are long. `__doing` says what is done at present;
// the answer comes from `__used()`.

// A browser without a screen tells when a picture was shown only with the next
// one. After Pause none follows, and the wait for whatever comes next would count
// (until the page's address changes: 440 ms; without that, for ever). So something
// always moves a little.
const dot = document.createElement("div");
Object.assign(dot.style, { position: "fixed", top: 0, left: 0, width: "2px", height: "2px", background: "gray" });
document.body.append(dot);
dot.animate([{ opacity: 0.1 }, { opacity: 0.9 }], { duration: 500, iterations: Infinity, direction: "alternate" });

const entries = [];
const frames = [];
const doing = [];
window.__doing = (what) => doing.push([what, performance.now()]);
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    // Without a number it is an event that no person waits for, like a move.
    if (one.interactionId) entries.push(one);
  }
}).observe({ type: "event", durationThreshold: 16 });
if (PerformanceObserver.supportedEntryTypes.includes("long-animation-frame")) {
  new PerformanceObserver((list) => frames.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: "long-animation-frame" });
}
window.__used = () => {
  // Several events can be one interaction: the slowest of them counts.
  const slowest = new Map();
  for (const one of entries) {
    if (!(slowest.get(one.interactionId)?.duration >= one.duration)) slowest.set(one.interactionId, one);
  }
  const at = (time) => doing.findLast(([, start]) => start <= time)?.[0] ?? "";
  return {
    interactions: [...slowest.values()].map((one) => ({
      what: at(one.startTime),
      time: one.duration,
      waiting: one.processingStart - one.startTime,
      handlers: one.processingEnd - one.processingStart,
      painting: Math.max(0, one.startTime + one.duration - one.processingEnd),
    })),
    frames,
  };
};
