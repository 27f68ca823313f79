/** The modules that run when they are first asked for: part of the script of a single file. */
declare const onDemand: {
  [M in keyof import("../../../www/assets.js").Modules]: () => import("../../../www/assets.js").Modules[M];
};
