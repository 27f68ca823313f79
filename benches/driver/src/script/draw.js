// Draws the exhibit's views frame after frame, as the element does, on canvases
// of a set size, and times that alone: no step, no measurement, no title row.
const [frames] = arguments;
const address = (name) => new URL(name, document.querySelector('script[src$="ntk-playground.js"]').src);
// The page's own instances: modules are shared by address.
const { Playground } = await import(address("./ntk_spectrum.js"));
const { readStyle } = await import(address("./theme-watch.js"));

const element = document.querySelector("#spectrum");
await element.ready;
element.pause();
const SCALE = 2;
const style = readStyle(element, SCALE);
const figures = [["fit", 252], ["eigenvalues", 252], ["loss", 188], ["residual", 188]].map(([view, height]) => {
  const canvas = document.createElement("canvas");
  canvas.width = 570 * SCALE;
  canvas.height = height * SCALE;
  return { view, height, context: canvas.getContext("2d") };
});

const playground = Playground.open("spectrum", "");
// Somewhere in the middle: curves have a past, bars have moved.
playground.advance(500, Infinity);
const result = { total: [], raster: [], views: Object.fromEntries(figures.map(({ view }) => [view, []])) };
for (let frame = 0; frame < frames + 10; frame += 1) {
  playground.advance(playground.paceSteps(), Infinity);
  // Measured when first asked for: ask before the clock starts.
  playground.readings();
  const start = performance.now();
  let last = start;
  const times = {};
  for (const { view, height, context } of figures) {
    playground.draw(view, context, 570, height, style);
    const now = performance.now();
    times[view] = now - last;
    last = now;
  }
  // The browser records strokes and paints them later; reading a pixel waits
  // for that.
  for (const { context } of figures) context.getImageData(0, 0, 1, 1);
  const end = performance.now();
  // The first frames compile and measure words.
  if (frame < 10) continue;
  result.total.push(last - start);
  result.raster.push(end - start);
  for (const [view, time] of Object.entries(times)) result.views[view].push(time);
  // Frames of a page have pauses between them.
  await new Promise((done) => setTimeout(done, 5));
}
playground.free();
return result;
