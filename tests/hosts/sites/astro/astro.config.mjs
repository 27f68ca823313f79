export default {
  devToolbar: { enabled: false },
  vite: { optimizeDeps: { exclude: ["ntk-playground"] } },
};
