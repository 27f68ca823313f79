// What opens over the page. The module of a window is loaded when somebody
// first asks for it, so that the first view does not pay for it.

import { isOn } from "./attributes.js";
import { load } from "./faults.js";

/** @import { NtkPlayground } from "./element.js" */
/** @import { Place } from "./keys.js" */
/** @import { Windows } from "./exports.js" */

/**
 * @param {NtkPlayground} host
 * @param {() => Omit<Place, "key"|"view">} place what the list of keys asks about
 * @param {(work: () => unknown) => void} attempt shows an error as a sentence
 * @returns {Windows}
 */
export function windowsOf(host, place, attempt) {
  return {
    numbers: async (view = "") => {
      if (isOn(host, "hide-values")) throw new Error("Values are hidden. Show them first (H).");
      (await load("numbers")).showNumbers(host, view, attempt);
    },
    help: async () => (await load("help")).showKeys({ ...place(), key: "?", view: "" }),
    embed: async () => (await load("embed-dialog")).showEmbed(host),
    compare: async () => (await load("compare-dialog")).showCompare(host, attempt),
    points: async () => (await load("points-dialog")).showPoints(host, await place().points()),
    edit: async () => {
      const points = await place().points();
      place().parts.toolbar.open(false);
      if (points?.editing) points.end();
      else if (points) points.begin(new (await load("point-editor")).PointEditor(points, attempt));
    },
    fullScreen: async () => {
      place().parts.toolbar.open(false);
      try {
        await (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen());
      } catch {
        throw new Error("Full screen was denied. A page that frames this exhibit has to allow it.");
      }
    },
  };
}
