// keys.js: keys that an exhibit or its control uses stay in the element; every
// other key reaches the page, where a deck or a notebook waits for it.

import { equal, exhibit, test } from "./harness.js";

/** Whether a key that is pressed on a part reaches the page. */
function passes(part, key, more = {}) {
  let seen = 0;
  const count = () => { seen += 1; };
  document.addEventListener("keydown", count);
  part.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }));
  document.removeEventListener("keydown", count);
  return seen === 1;
}

test("arrows stay on a slider, the space bar on a button, letters in a field", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const root = element.shadowRoot;
  const slider = root.querySelector("input[type=range]");
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "Home", "End", "PageDown"]) equal(passes(slider, key), false, `${key} on a slider`);
  const play = root.querySelector("button");
  for (const key of [" ", "Enter"]) equal(passes(play, key), false, `“${key}” on a button`);
  const field = root.querySelector("input:not([type=range])");
  for (const key of ["a", "5", "Backspace", "ArrowLeft", "Enter", " "]) equal(passes(field, key), false, `${key} in a field`);
});

test("what the exhibit does not use passes, and so does what is pressed with Ctrl", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const root = element.shadowRoot;
  const [slider, play, canvas] = ["input[type=range]", "button", "canvas"].map((selector) => root.querySelector(selector));
  for (const key of ["Tab", "F5", "PageDown", "z"]) equal(passes(play, key), true, `${key} on a button`);
  for (const key of ["Tab", "Escape", "b"]) equal(passes(slider, key), true, `${key} on a slider`);
  equal(passes(slider, "ArrowLeft", { ctrlKey: true }), true, "with Ctrl");
  equal(passes(canvas, "PageDown"), true, "PageDown on a picture");
});

test("a key that the exhibit acts on stays, wherever the focus is in it", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const canvas = element.shadowRoot.querySelector("canvas");
  for (const key of ["ArrowRight", "ArrowLeft", "Escape"]) equal(passes(canvas, key), false, `${key} on a picture`);
  equal(passes(element.shadowRoot.querySelector("button"), "Escape"), true, "nothing is open");
});
