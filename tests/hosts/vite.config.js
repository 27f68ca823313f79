import { svelte } from "@sveltejs/vite-plugin-svelte";

export default {
  base: "./",
  plugins: [svelte()],
  oxc: { jsx: { runtime: "automatic" } },
  // Its development server would otherwise move the scripts away from the engines.
  optimizeDeps: { exclude: ["ntk-playground"] },
  build: {
    outDir: "built/vite",
    rolldownOptions: { input: ["plain.html", "react.html", "hydrated.html", "vue.html", "svelte.html"] },
  },
};
