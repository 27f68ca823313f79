// Every instance of an engine that the page makes, in order, for what the tests
// ask of one.

window.instances = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (module, imports) => {
  const made = await instantiate(module, imports);
  // Of a module comes an instance, of bytes both.
  if (made instanceof WebAssembly.Instance) instances.push(made.exports);
  return made;
};

/** The memory of the engine that an exhibit runs in, the latest of its kind. */
window.engineMemory = (exhibit = "spectrum") => {
  const whole = (engine) => Object.keys(engine).some((name) => name.includes("twin"));
  return (instances.findLast((engine) => whole(engine) === (exhibit !== "spectrum")) ?? instances.at(-1)).memory;
};
