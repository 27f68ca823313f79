import webpack from "webpack";

const settings = {
  mode: "production",
  entry: { plain: "./src/plain.js" },
  output: { path: `${import.meta.dirname}/built/webpack` },
  // The engines are as large as they are.
  performance: { hints: false },
};

webpack(settings, (error, outcome) => {
  const wrong = error?.message ?? (outcome.hasErrors() || outcome.hasWarnings() ? outcome.toString("errors-warnings") : "");
  if (wrong) {
    console.error(wrong);
    process.exitCode = 1;
  }
});
