// What else is in the script of a single file.

/** The modules that run when they are first asked for. */
declare const onDemand: {
  [M in keyof import("../../../../www/assets.js").Modules]: () => import("../../../../www/assets.js").Modules[M];
};

/** Other files: gzip in base64. */
declare const packed: { [name: string]: string };
