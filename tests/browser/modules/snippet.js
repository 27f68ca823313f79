// snippet.js: the lines that put an exhibit into another page.

import { folderOf, frameAddress, snippet } from "../snippet.js";
import { equal, hostOf, ok, test } from "./harness.js";

const PLAIN = { form: "element", views: null, controls: null, theme: "auto", autoplay: false, here: false, transparent: false, grows: false };
const FOLDER = new URL("../", import.meta.url).href;

/** The page that some lines make. @param {string} lines */
const parsed = (lines) => new DOMParser().parseFromString(lines, "text/html");

/** The iframe of some lines. @param {object} host @param {object} wish */
const frameOf = (host, wish) => parsed(snippet(host, { ...PLAIN, form: "iframe", ...wish })).querySelector("iframe");

test("an exhibit at its defaults is one plain tag", () => {
  equal(snippet(hostOf({}), PLAIN), `<script type="module" src="${FOLDER}ntk-playground.js"></script>\n<ntk-playground exhibit="spectrum"></ntk-playground>`);
  equal(folderOf(hostOf({})), FOLDER);
});

test("knobs that are not at their defaults are attributes", () => {
  const host = hostOf({ exhibit: "channel", "hide-values": "" }, { values: { noise: "0.8", gate: "hard" } });
  const tag = snippet(host, { ...PLAIN, views: ["fit", "loss"], controls: [], theme: "dark", autoplay: true }).split("\n")[1];
  equal(tag, '<ntk-playground exhibit="channel" noise="0.8" gate="hard" views="fit loss" controls="none" theme="dark" autoplay hide-values></ntk-playground>');
});

test("words with markup in them are still words", () => {
  const words = ["a\"b", "<i>", "&amp;", "it's", "a b"];
  const wish = { views: words, controls: words, theme: "auto", autoplay: true, here: false, transparent: true, grows: true };
  const host = hostOf({}, { values: { seed: "7" } });
  const own = parsed(snippet(host, { ...wish, form: "element" })).querySelector("ntk-playground");
  const frame = parsed(snippet(host, { ...wish, form: "iframe" }));
  const query = new URL(frame.querySelector("iframe").src).searchParams;
  equal([own.getAttribute("views"), own.hasAttribute("autoplay"), query.get("controls"), query.has("transparent"), query.get("seed")],
    [words.join(" "), true, words.join(" "), true, "7"]);
  // Nothing else has come of it.
  equal([...frame.querySelectorAll("*")].map(({ localName }) => localName), ["html", "head", "body", "iframe", "script"]);
  equal(own.getAttributeNames(), ["exhibit", "seed", "views", "controls", "autoplay"]);
});

test("values and exhibits with markup in them are still values", () => {
  const texts = ["\"><script>window.harm=1</script>", "' onfocus=x '", "&quot;", "javascript:1", "\u202e\u{1f642}", "a&b=c#d", "100%", "A".repeat(3000)];
  for (const text of texts) {
    const host = hostOf({ exhibit: text }, { values: { noise: text } });
    const own = parsed(snippet(host, PLAIN)).querySelector("ntk-playground");
    equal([own.getAttribute("exhibit"), own.getAttribute("noise"), own.getAttributeNames().length], [text, text, 2]);
    const frame = frameOf(host, {});
    const query = new URL(frame.src).searchParams;
    equal([query.get("exhibit"), query.get("noise"), frame.title], [text, text, `ntk-playground: ${text}`]);
    host.remove();
  }
});

test("at the present step the lines have its link", () => {
  const host = hostOf({}, { link: "exhibit=spectrum&noise=0.35&changes=30.gate.hard_40.noise.0.2&step=50", step: 50, values: { noise: "0.2", gate: "hard" } });
  const here = parsed(snippet(host, { ...PLAIN, here: true })).querySelector("ntk-playground");
  equal(["noise", "changes", "step", "gate"].map((name) => here.getAttribute(name)), ["0.35", "30.gate.hard_40.noise.0.2", "50", null]);
  // From step 0 it begins with what is set now, and nothing of the way here.
  const start = parsed(snippet(host, PLAIN)).querySelector("ntk-playground");
  equal(["noise", "changes", "step", "gate"].map((name) => start.getAttribute(name)), ["0.2", null, null, "hard"]);
});

test("what is no knob and belongs to step 0 goes along", () => {
  const host = hostOf({}, { link: "exhibit=spectrum&beside=gate.hard&step=5", step: 5 });
  const own = parsed(snippet(host, PLAIN)).querySelector("ntk-playground");
  equal([own.getAttribute("beside"), own.hasAttribute("step")], ["gate.hard", false]);
});

test("a name that cannot be an attribute's goes into a query", () => {
  const own = parsed(snippet(hostOf({}, { values: { "Odd.Name": "a&b" } }), PLAIN)).querySelector("ntk-playground");
  equal(own.getAttributeNames(), ["exhibit", "run"]);
  equal([...new URLSearchParams(own.getAttribute("run"))], [["Odd.Name", "a&b"]]);
});

test("the address of a frame is easy to read", () => {
  const wish = { ...PLAIN, form: "iframe", views: ["fit", "loss"], controls: [], autoplay: true, transparent: true };
  const host = hostOf({}, { values: { widths: "64-64-64" } });
  equal(frameAddress(host, wish), `${FOLDER}embed.html?exhibit=spectrum&widths=64-64-64&views=fit+loss&controls=none&autoplay&transparent`);
});

test("a frame has a title, a height, and a second line only if it grows", () => {
  const frame = frameOf(hostOf({}), {});
  equal([frame.title, frame.width, frame.getAttribute("loading"), frame.allow], ["ntk-playground: spectrum", "100%", "lazy", "fullscreen; clipboard-write"]);
  ok(/^[1-9]\d{2,3}$/.test(frame.height), frame.height);
  const lines = (/** @type {boolean} */ grows) => snippet(hostOf({}), { ...PLAIN, form: "iframe", grows }).split("\n");
  equal(lines(false).length, 1);
  equal(lines(true)[1], `<script src="${FOLDER}embed-host.js" defer></script>`);
});

test("more to show makes a higher frame", () => {
  const height = (/** @type {object} */ wish) => Number(frameOf(hostOf({}), wish).height);
  const two = { views: ["fit", "loss"], controls: ["noise", "gate"] };
  ok(height({ ...two, views: ["fit", "loss", "residual"] }) > height(two), "a third view begins a row");
  ok(height(two) > height({ ...two, controls: [] }), "controls take room");
  ok(height({ ...two, theme: "projector" }) > height(two), "the projector's are larger");
  ok(height({}) > height(two), "all of it is the highest");
});

test("as one script it needs no modules", () => {
  const lines = snippet(hostOf({}, { values: { noise: "0.2" } }), { ...PLAIN, form: "script" });
  equal(lines, `<script src="${FOLDER}ntk-playground.bundle.js"></script>\n<ntk-playground exhibit="spectrum" noise="0.2"></ntk-playground>`);
});

test("for React it is a package and a closed tag, and names that JSX does not know go into a query", () => {
  const host = hostOf({ exhibit: "race" }, { values: { noise: "0.2" } });
  host.knobs.push({ name: "arm2.rule", label: "Arm 2", default: "plain" });
  host.get = (name) => ({ noise: "0.2", "arm2.rule": "soft" })[name] ?? host.knobs.find((knob) => knob.name === name).default;
  const lines = snippet(host, { ...PLAIN, form: "react", autoplay: true });
  equal(lines, 'import "ntk-playground";\n\n<ntk-playground exhibit="race" noise="0.2" autoplay run="arm2.rule=soft" />');
});
