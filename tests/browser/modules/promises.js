// element.js: promises and events answer for the exhibit as it now is.

import "../ntk-playground.js";
import { contains, equal, exhibit, test, thrown, until } from "./harness.js";

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

test("who waits for an element that is taken away gets the answer when it is put back", async () => {
  const element = document.createElement("ntk-playground");
  document.body.append(element);
  const { ready } = element;
  element.remove();
  await sleep(50);
  document.body.append(element);
  await ready;
  equal(element.stepCount, 0);
});

test("ready answers for the exhibit that has just been set", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  element.setAttribute("exhibit", "matrix");
  await element.ready;
  equal(element.knobs.some(({ name }) => name === "rank"), true);
  element.setAttribute("exhibit", "spectrum");
  element.setAttribute("noise", "0.25");
  await element.ready;
  equal(element.get("noise"), "0.25");
});

test("an attribute that has just been set is read back", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  element.setAttribute("noise", "0.125");
  equal(element.get("noise"), "0.125");
});

test("after a refusal a good exhibit opens, and ready says so", async () => {
  const element = document.createElement("ntk-playground");
  element.setAttribute("exhibit", "nonsense");
  document.body.append(element);
  contains(await thrown(() => element.ready), "nonsense");
  element.setAttribute("exhibit", "spectrum");
  await element.ready;
  element.step(2);
  equal(element.stepCount, 2);
});

test("a change is told once, and a value that is there already is none", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const told = [];
  element.addEventListener("ntk-change", ({ detail }) => told.push(`${detail.knob} ${detail.value}`));
  element.set("noise", "0.25");
  element.set("noise", "0.25");
  element.set("noise", 0.25);
  equal(told, ["noise 0.25"]);
});

test("two elements that follow each other come to rest", async () => {
  const [one, other] = [await exhibit({ exhibit: "spectrum" }), await exhibit({ exhibit: "spectrum" })];
  let changes = 0;
  for (const [from, to] of [[one, other], [other, one]]) {
    from.addEventListener("ntk-change", ({ detail }) => {
      changes += 1;
      if (changes < 50) to.set(detail.knob, detail.value);
    });
  }
  one.set("noise", "0.75");
  equal(changes, 2);
  equal(other.get("noise"), "0.75");
});

test("new data are drawn also where the browser gives no randomness", async () => {
  const element = await exhibit({ exhibit: "spectrum" });
  const { getRandomValues } = crypto;
  Object.defineProperty(crypto, "getRandomValues", { configurable: true, value: () => { throw new Error("none"); } });
  try {
    const button = [...element.shadowRoot.querySelectorAll("button")].find(({ textContent }) => textContent === "New data");
    const before = element.get("seed");
    button.click();
    await until(() => element.get("seed") !== before);
  } finally {
    Object.defineProperty(crypto, "getRandomValues", { configurable: true, value: getRandomValues });
  }
});

test("autoplay that says no does not play", async () => {
  for (const no of ["false", "0", "off"]) {
    const element = await exhibit({ exhibit: "spectrum", autoplay: no });
    await sleep(200);
    equal([element.running, element.stepCount], [false, 0], no);
    element.remove();
  }
});

test("values are hidden by a switch that says yes, and shown by one that says no", async () => {
  const element = await exhibit({ exhibit: "spectrum", "hide-values": "0" });
  const visibility = () => getComputedStyle(element.shadowRoot.querySelector(".reading")).visibility;
  equal(visibility(), "visible");
  element.setAttribute("hide-values", "");
  await until(() => visibility() === "hidden");
});

test("made by any way there is, it is the same exhibit", async () => {
  const template = document.createElement("template");
  template.innerHTML = "<ntk-playground noise=0.25 views=fit></ntk-playground>";
  const made = document.createElement("ntk-playground");
  Object.assign(made, { views: "fit" });
  made.setAttribute("noise", "0.25");
  const place = document.createElement("div");
  place.innerHTML = template.innerHTML;
  for (const element of [template.content.firstChild.cloneNode(true), document.importNode(template.content, true).firstChild, place.firstChild, made]) {
    document.body.append(element);
    await element.ready;
    equal([element.get("noise"), element.shadowRoot.querySelectorAll("canvas").length], ["0.25", 1]);
  }
});
