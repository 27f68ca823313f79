// What has the focus, also inside a shadow root, and whether that can be seen.
// `stops` are all places that the Tab key leads to, in their order.
const tabbable = 'a[href], button, input, select, textarea, summary, [tabindex]';
const within = (root) => [...root.querySelectorAll('*')].flatMap((part) => [
  ...(part.matches(tabbable) && part.tabIndex >= 0 && !part.disabled && part.checkVisibility({ visibilityProperty: true }) ? [part] : []),
  ...(part.shadowRoot ? within(part.shadowRoot) : []),
]);
const stops = within(document);
let active = document.activeElement ?? document.body;
const host = active;
while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
const box = active.getBoundingClientRect();
const words = active.getAttribute('aria-label') || active.labels?.[0]?.textContent || active.textContent;

// The ring: its width, and how many of its sides something cuts off.
const style = getComputedStyle(active);
const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
const reach = width + parseFloat(style.outlineOffset);
const sides = { left: 0, top: 0, right: 0, bottom: 0 };
for (let outer = active.parentElement; outer; outer = outer.parentElement) {
  const { overflowX, overflowClipMargin } = getComputedStyle(outer);
  if (!['hidden', 'clip'].includes(overflowX)) continue;
  const room = overflowX === 'clip' ? parseFloat(overflowClipMargin) || 0 : 0;
  const edge = outer.getBoundingClientRect();
  if (box.left - reach < edge.left - room - 0.5) sides.left = 1;
  if (box.top - reach < edge.top - room - 0.5) sides.top = 1;
  if (box.right + reach > edge.right + room + 0.5) sides.right = 1;
  if (box.bottom + reach > edge.bottom + room + 0.5) sides.bottom = 1;
}
// What lies over the part of it that is on the screen.
const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
const over = active.getRootNode().elementFromPoint(x, y);
return {
  place: stops.indexOf(active), host: host.id, tag: active.localName, kind: active.type ?? '',
  role: active.getAttribute('role') ?? '', knob: active.closest('[data-knob]')?.dataset.knob ?? '',
  view: active.closest('[data-view]')?.dataset.view ?? '', words: words.trim().slice(0, 60),
  ring: width, cut: Object.values(sides).reduce((sum, side) => sum + side, 0),
  seen: over !== null && (active.contains(over) || over.contains(active)),
  stops: stops.length,
};
