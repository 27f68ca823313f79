// print.js: what an exhibit shows on paper.

import { shownTheme } from "../theme-watch.js";
import { equal, exhibit, ok, test } from "./harness.js";

/** Where nobody comes near it. @param {HTMLElement} element */
function farAway(element) {
  const space = document.createElement("div");
  space.style.cssText = "height: 5000px";
  document.body.append(space, element);
}

/** Whether every picture of an element has something on it. @param {HTMLElement} element */
function areDrawn(element) {
  const canvases = [...element.shadowRoot.querySelectorAll("canvas")];
  return canvases.length > 0 && canvases.every((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, i) => i % 4 !== 3 && value !== data[i % 4]);
  });
}

test("an exhibit that was never near the screen is drawn before it is printed, at the step of its link", async () => {
  await exhibit({ views: "fit" });
  const far = document.createElement("ntk-playground");
  far.setAttribute("step", "30");
  farAway(far);
  equal(far.stepCount, 0);
  dispatchEvent(new Event("beforeprint"));
  equal(far.stepCount, 30);
  ok(areDrawn(far), "drawn at once");
  dispatchEvent(new Event("afterprint"));
});

test("paper is printed in ink, and the screen has its theme again", async () => {
  const dark = await exhibit({ theme: "dark", views: "fit" });
  dispatchEvent(new Event("beforeprint"));
  equal(shownTheme(dark), "light");
  ok(areDrawn(dark), "drawn");
  const ground = dark.shadowRoot.querySelector("canvas").getContext("2d").getImageData(1, 1, 1, 1).data;
  ok(ground[0] > 200, `a light ground: ${ground}`);
  dispatchEvent(new Event("afterprint"));
  equal(shownTheme(dark), "dark");
});

test("one whose settings are refused says so on paper as on the screen", async () => {
  const far = document.createElement("ntk-playground");
  far.setAttribute("exhibit", "nowhere");
  farAway(far);
  dispatchEvent(new Event("beforeprint"));
  ok(far.shadowRoot.querySelector(".absent").textContent.includes("(nowhere)"), "its place is named");
  dispatchEvent(new Event("afterprint"));
  await far.ready.catch(() => {});
});

test("an element that is gone is not asked", async () => {
  const gone = await exhibit({ views: "fit" });
  gone.remove();
  await Promise.resolve();
  dispatchEvent(new Event("beforeprint"));
  equal(gone.shadowRoot.querySelectorAll(".absent").length, 0);
  dispatchEvent(new Event("afterprint"));
});
