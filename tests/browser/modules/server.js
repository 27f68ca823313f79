// Imported where there is no document, as frameworks do on a server, the scripts
// define nothing and do nothing. A worker is such a place: this file is the test
// and, in the worker, what is tested.

const SCRIPTS = ["ntk-playground", "ledger", "claims", "embed-dialog", "help", "numbers", "performance", "png", "point-editor", "points-dialog", "points-host", "compare-dialog"];

if (typeof document === "undefined") {
  const failed = [];
  for (const name of SCRIPTS) await import(`../${name}.js`).catch((error) => failed.push(`${name}: ${error.message}`));
  postMessage(failed);
} else {
  const { equal, test } = await import("./harness.js");
  test("scripts can be imported on a server", async () => {
    const worker = new Worker(import.meta.url, { type: "module" });
    const failed = await new Promise((done, fail) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => fail(new Error(message || "the worker did not load"));
    });
    worker.terminate();
    equal(failed, []);
  });
}
