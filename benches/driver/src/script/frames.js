// Watches an exhibit of the page, by its selector, for some seconds while it plays.
// Answers the times of its frames, and how long each callback of an animation
// frame took: steps, all views, title rows, and whatever listens.
const [selector, seconds] = arguments;
await customElements.whenDefined("ntk-playground");
const element = document.querySelector(selector);
element.scrollIntoView({ block: "center", behavior: "instant" });
await element.ready;
if (!element.running) element.play();

const frames = [];
const callbacks = [];
const steps = [];
const original = window.requestAnimationFrame;
window.requestAnimationFrame = (callback) => original((time) => {
  const start = performance.now();
  callback(time);
  callbacks.push(performance.now() - start);
});
const seen = () => {
  frames.push(performance.now());
  steps.push(element.stepCount);
};

// The first second belongs to loading.
await new Promise((done) => setTimeout(done, 1000));
callbacks.length = 0;
element.addEventListener("ntk-frame", seen);
await new Promise((done) => setTimeout(done, 1000 * seconds));
element.removeEventListener("ntk-frame", seen);
window.requestAnimationFrame = original;
return { frames, callbacks, steps: steps.at(-1) - steps[0] };
