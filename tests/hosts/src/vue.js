import "ntk-playground";
import { createApp, h, ref } from "vue";

const shown = ref(true);
window.host = { show: (value) => { shown.value = value; } };

createApp({
  render: () => (shown.value
    ? h("ntk-playground", { exhibit: "spectrum", views: ["fit", "residual"], noise: "0.5", step: 12, autoplay: false })
    : h("p", "Another page.")),
}).mount("#app");
