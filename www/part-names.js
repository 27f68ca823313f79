// The parts that a page can style with `::part(NAME)`: by name, where they are.

/** @type {{[name: string]: string}} */
export const PARTS = {
  card: ".exhibit.card",
  views: ".views",
  figure: ".figure",
  caption: "figcaption",
  canvas: "canvas",
  strip: ".toolbar",
  play: ".play",
  steps: ".steps",
  controls: ".toolbar > .controls",
  control: ".controls > .group",
  more: ".more",
  panel: ".panel",
  foot: ".foot",
  alert: ".alert",
  colophon: ".colophon",
};

/** @param {Element} root */
export function nameParts(root) {
  root.part.toggle("card", root.matches(PARTS.card));
  for (const [name, selector] of Object.entries(PARTS)) {
    for (const node of root.querySelectorAll(selector)) node.part.add(name);
  }
}
